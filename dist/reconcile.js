import { a as input, d as parseRepositoryName, i as hide, l as setOutputs, m as runAction, p as readRunFacts, r as failStep, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { n as inputNumber } from "./shared-input.js";
import { a as findingsOf, i as ServiceError, n as GatehouseError, r as InputError, t as ConflictError } from "./shared-error.js";
import { n as Octokit, t as quietLog } from "./shared-quiet-log.js";
import { A as isFixed, B as withoutProgress, C as markOutOfDate, D as createFixedCheck, E as readAnchors, F as toMarksOf, I as toUser, L as ghost, M as decisionName, N as markKey, O as finalPrefix, P as toLookFacts, R as readCheckRuns, S as answerComment, T as checkName, _ as hasReserve, b as readBranchHead, g as ReaderMemory, i as nothingKnown, j as upsertCheck, k as incidentPrefix, l as progressFileName, n as isSettled$1, o as maxProgressBytes, p as chooseEvenly, r as keepAny, s as parseProgress, t as createReader, v as withReserve, w as upsertComment, x as withConditionalReads, y as blobIdOf, z as withProgress } from "./shared-octokit-reader.js";
import { a as statusOf, n as makeOnce, o as writeGitHub, r as readGitHub, t as incomplete } from "./shared-failure.js";
import { n as issuerOf, t as fetchKeys } from "./shared-jwks.js";
import { t as openStore } from "./shared-store.js";
import { t as paragraph } from "./shared-block.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { t as suggest } from "./shared-suggestion.js";
import { a as decide, c as needsOf, l as assignApprovers, o as barredFindings, s as subjectOf, u as consumerRole } from "./shared-entries.js";
import { n as namesOf$1, t as approvalSections } from "./shared-approval-sections.js";
import { n as fitSections, t as bodyLimit } from "./shared-budget.js";
import { i as findingsOf$1, l as requestOf, s as modelOf$1, u as short$1 } from "./shared-facts.js";
import { A as literal, D as discriminatedUnion, F as strictObject, I as string, N as object, O as int, P as record$1, R as union, S as _enum, T as boolean, w as array, z as unknown } from "./shared-js-yaml.js";
import { a as nextSteps, c as reportOnlyNote, i as policyPreviewSections, n as resultSections, o as headlineOf, r as writtenSections, s as isReportOnly$1, t as renderComment } from "./shared-comment.js";
import { t as chunksOf } from "./shared-chunk.js";
import { a as condenseRule } from "./shared-decision-blocks.js";
import { a as verdictWords, i as stateWords } from "./shared-icon.js";
import { a as sortFindings, r as sampleSections } from "./shared-finding-list.js";
import { L as require_dist, a as minuteOfWeek, l as sealKeyOf, o as minutesAWeek } from "./shared-policy-resolution.js";
import { t as counted } from "./shared-count-text.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { a as parseEnvelope, n as inheritedContracts, t as rulesDigest } from "./shared-rules-digest.js";
import { n as readProposal, t as readPolicy } from "./shared-read-proposal.js";
import { r as networkOf } from "./shared-open-place.js";
import { n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { i as resultDigest, n as isLook, r as isLookOf } from "./shared-held-out-look.js";
import { a as isByItself, c as operationId, i as propose, l as wasRecorded, o as triggerProblem, r as nextLook, s as operationFactsOf, t as evolve } from "./shared-evolve.js";
import { n as toLedgerFacts, t as recordsTowardsProduction } from "./shared-ledger-facts.js";
import { c as declares, d as textPaths, f as declaredPaths, h as readEmergencyFiles, i as differencesToLedger, l as holds, m as isEmergencyFile, p as readDeclared, r as alignedStages, s as diffTrees, u as readCatalogue } from "./shared-model-state.js";
import { C as risksPath, D as withdrawnPath, E as waiverPath, S as readinessPath, T as waiverOfFile, _ as modelOfStages, b as namesIn, l as isConfiguration, o as contractPath, s as datasetOfFile, t as behaviourPath, w as stagesPath, x as policyPath, y as modelPath } from "./shared-layout.js";
import { c as emptyState, l as streamOf, s as usesBefore } from "./shared-rollback-trigger.js";
import { n as readCandidates, t as ofTriggers } from "./shared-candidates.js";
import { a as gateNames, i as evaluateGates, t as applicableGates } from "./shared-floor.js";
import { t as judgementVerdict } from "./shared-verdict.js";
import { t as isFailure } from "./shared-finding.js";
import { a as requiredComparisons, i as needsJudgement } from "./shared-gate-rule.js";
import { i as directionOf, s as isMeasured } from "./shared-metric-name.js";
import { t as parseEvidence } from "./shared-parse-evidence.js";
import { a as headPath, c as operationPath, d as transactionPath, f as versionPath, i as frontPagePath, l as statePath, n as cardPath, p as parseInstant, r as endpointPath, s as isTransactionPath, t as belongsToLedger, u as statusPath } from "./shared-layout2.js";
import { t as verifyJws } from "./shared-jws.js";
import { n as readFacts$1, r as resolveFiles } from "./shared-dataset.js";
import { t as parseContract } from "./shared-contract-file.js";
import { t as digestDataset } from "./shared-digest.js";
import { t as digestFeatures } from "./shared-held-out-features.js";
import { t as championsOf } from "./shared-champion.js";
import { n as parseModelOnce, t as parseModelConfig } from "./shared-model-file.js";
import { r as requiredApprovals, t as changedModelFields } from "./shared-requirement.js";
import { a as waiverNameOf, i as renderWaiver, t as parseStages } from "./shared-stages-file.js";
import { i as readMoment, t as endOfMoment } from "./shared-moment.js";
import { a as incidentWords, i as incidentEndWords } from "./shared-incident-blocks.js";
import { i as plainText, t as cell } from "./shared-cell.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { a as writeState, i as writeMarker, n as parseMarker, r as parseState, t as bodyDigest } from "./shared-marker.js";
import { a as breakGlassNoteOf, o as preApprovedTriggers, t as emergencySections } from "./shared-emergency-section.js";
import { a as incidentEventOf, l as isIncidentEvent, o as incidentReasons, p as repositoryBook, s as incidentsOf, t as correctionsOf, u as isOpen } from "./shared-incident.js";
import { n as foldedSections } from "./shared-judged-sections.js";
import { t as lineageSections } from "./shared-lineage-section.js";
import { t as phraseText } from "./shared-text.js";
import { i as standsInTheWay } from "./shared-rule.js";
import { i as decideAgain, n as isPromotion, o as recordedDecisions, r as replayPolicy, s as underPolicy, t as blockingRules } from "./shared-replay-policy.js";
import { a as renderHead, i as parseTransaction, o as renderTransaction, r as parseHead } from "./shared-transition.js";
import { r as extendHead, t as emptyHead } from "./shared-merkle.js";
import { r as renderModelFiles } from "./shared-render.js";
import { n as hashEvent, t as digestOfDecision } from "./shared-hash.js";
import { n as linesOf } from "./shared-history2.js";
import { n as renderAnchor } from "./shared-anchor.js";
import { a as parseTriggerEvidence, i as holdAgainst, o as checkAnchors, r as ledgerRenderersFor, t as checkLedger } from "./shared-ledger-proof.js";
import { t as toId } from "./shared-id.js";
import { r as readAllPages } from "./shared-paging.js";
import { f as defaultAnswers, n as renderOnboarding } from "./shared-onboarding.js";
import { i as isSurveyed, n as findExisting, r as findSetup, t as proposeSetup } from "./shared-propose-setup.js";
import { t as readPlainZip } from "./shared-plain-zip.js";
import { t as escapeLabel } from "./shared-lineage-mermaid.js";
import { t as attemptTable } from "./shared-training-outcome.js";
import { readFileSync } from "node:fs";
import { constants as constants$1, createDecipheriv, createPrivateKey, createSign, privateDecrypt } from "node:crypto";
import process from "node:process";

// bot/config.ts
/**
* @param name where the text came from, for the message
* @throws InputError BOT_PRIVATE_KEY
*/
function parsePrivateKey(name, text) {
	const key = text.replaceAll("\\n", "\n").trim();
	if (isPrivateKey(key)) return key;
	throw refuse$2("BOT_PRIVATE_KEY", `${name} is no private key in PEM form`, keyHint);
}
/** In the form of a key, and one: the app signs with it, and opens what was sealed. */
function isPrivateKey(key) {
	if (!/^-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+-----END (?:RSA )?PRIVATE KEY-----$/.test(key)) return false;
	try {
		return createPrivateKey(key).asymmetricKeyType === "rsa";
	} catch {
		return false;
	}
}
const keyHint = "Set PRIVATE_KEY_PATH to the .pem file that the app's settings page gave you.";
function refuse$2(code, message, hint) {
	return new InputError(code, message, { hint });
}

// bot/log.ts
/** A fact is shown up to so many characters: an answer of a server may be a page. */
const maxLineLength = 8e3;
/** Tokens of GitHub in all their forms, JSON Web Tokens and keys. @see https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
const secretForms = [
	/\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_]{20,}/g,
	/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
	/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
];
/** Writes one JSON object a line: `time`, `level`, `message`, and the facts. */
function createLog({ write, now, secrets }) {
	const hidden = secrets.filter((secret) => secret.length >= 8).map((secret) => JSON.stringify(secret).slice(1, -1));
	const say = (level, facts, message) => {
		const text = JSON.stringify({
			time: now(),
			level,
			message,
			...facts
		});
		let line = text.length > maxLineLength ? JSON.stringify({
			time: now(),
			level,
			message,
			facts: "too long"
		}) : text;
		for (const secret of hidden) line = line.replaceAll(secret, "[hidden]");
		for (const form of secretForms) line = line.replaceAll(form, "[hidden]");
		write(`${line}\n`);
	};
	return {
		info: (facts, message) => say("info", facts, message),
		warn: (facts, message) => say("warn", facts, message)
	};
}

// adapters/github/app-client.ts
/** GitHub takes tokens of ten minutes at most, and clocks differ. */
const lifetimeSeconds = 540;
const clockSkewSeconds = 60;
/**
* A client that is authenticated as the app itself: it lists installations and makes their tokens, and sees no
* repository.
* @see https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
*/
function createAppClient(credentials, nowMs = Date.now) {
	const { apiUrl } = credentials;
	const octokit = new Octokit({
		userAgent: "gatehouse",
		log: quietLog,
		...apiUrl === null ? {} : { baseUrl: apiUrl }
	});
	octokit.hook.before("request", (options) => {
		options.headers.authorization = `bearer ${signAppToken(credentials, Math.floor(nowMs() / 1e3))}`;
	});
	return octokit;
}
function signAppToken({ appId, privateKey }, nowSeconds) {
	const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const claims = {
		iat: nowSeconds - clockSkewSeconds,
		exp: nowSeconds + lifetimeSeconds,
		iss: String(appId)
	};
	const signed = `${encode({
		alg: "RS256",
		typ: "JWT"
	})}.${encode(claims)}`;
	return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
}

// adapters/github/budget/limit-answer.ts
/** What somebody between us and GitHub says about longer waits is not believed: it is asked again then. */
const longestMs = 36e5;
/**
* Reads whether an answer says that a limit was reached. A 403 is one only when it says so: most are missing
* permissions. GraphQL says it inside HTTP 200, under a type that has changed its name.
* @param nowMs milliseconds since 1970
* @returns null: no limit
* @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
* @see https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
*/
function readLimit(answer, nowMs) {
	if (!isLimit(answer)) return null;
	const { headers } = answer;
	const spent = String(headers["x-ratelimit-remaining"] ?? "") === "0";
	const seconds = toNumber(headers["retry-after"]);
	const reset = toNumber(headers["x-ratelimit-reset"]);
	const until = seconds !== null ? nowMs + seconds * 1e3 : spent && reset !== null ? reset * 1e3 + 1e3 : null;
	return {
		kind: spent ? "primary" : "secondary",
		untilMs: until === null ? null : Math.min(Math.max(until, nowMs), nowMs + longestMs)
	};
}
function isLimit({ status, headers, data }) {
	if (status === 429) return true;
	if (status === 200) return isGraphqlLimit(data);
	if (status !== 403) return false;
	return headers["retry-after"] !== void 0 || String(headers["x-ratelimit-remaining"] ?? "") === "0" || speaksOfLimit(textOf$1(data, "message"));
}
/** With data beside the error something was carried out: that is no refusal. */
function isGraphqlLimit(data) {
	if (typeof data !== "object" || data === null || !("errors" in data) || !Array.isArray(data.errors)) return false;
	if ("data" in data && data.data !== null && data.data !== void 0) return false;
	return data.errors.some((error) => /^RATE_LIMIT(?:ED)?$/.test(textOf$1(error, "type")) || textOf$1(error, "code") === "graphql_rate_limit" || speaksOfLimit(textOf$1(error, "message")));
}
const speaksOfLimit = (message) => /\brate limit (?:already )?exceeded\b|\bsecondary rate limit\b|\babuse detection\b/i.test(message);
function textOf$1(value, key) {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return "";
	const found = Reflect.get(value, key);
	return typeof found === "string" ? found : "";
}
function toNumber(value) {
	const number = value === void 0 || value === "" ? NaN : Number(value);
	return Number.isFinite(number) && number >= 0 ? number : null;
}

// adapters/github/budget/limit-error.ts
/** GitHub, or our own budget, says "later": nothing was done, and it is known when to ask again. */
var LimitError = class extends ServiceError {
	retryAfterMs;
	constructor(code, message, retryAfterMs) {
		super(code, message, { hint: `Nothing was decided. It is looked at again by itself in ${Math.ceil(retryAfterMs / 6e4)} min.` });
		this.retryAfterMs = retryAfterMs;
	}
};

// adapters/github/budget/turn.ts
/** Lets so many in at once; who is urgent comes before everybody who is not, and before nobody who is. */
var Turn = class {
	free;
	waiting = [];
	constructor(places) {
		this.free = places;
	}
	async take(isUrgent, work) {
		await this.enter(isUrgent);
		try {
			return await work();
		} finally {
			this.leave();
		}
	}
	enter(isUrgent) {
		if (this.free > 0) {
			this.free -= 1;
			return Promise.resolve();
		}
		return new Promise((begin) => this.waiting.push({
			isUrgent,
			begin
		}));
	}
	leave() {
		const at = Math.max(0, this.waiting.findIndex(({ isUrgent }) => isUrgent));
		const [next] = this.waiting.splice(at, 1);
		if (next === void 0) this.free += 1;
		else next.begin();
	}
};

// adapters/github/budget/window.ts
/** So much of something in any stretch of time so long. */
var Window = class {
	periodMs;
	limit;
	taken = [];
	/** @param limit largest sum of amounts in any `periodMs` */
	constructor(limit, periodMs) {
		this.limit = limit;
		this.periodMs = periodMs;
	}
	/**
	* How long it takes until so much fits, in milliseconds; 0: it fits now.
	* @param share part of the limit that may be used, from 0 to 1
	*/
	waitMs(nowMs, amount, share) {
		if (amount === 0) return 0;
		this.taken = this.taken.filter(({ at }) => at > nowMs - this.periodMs);
		let over = this.taken.reduce((sum, entry) => sum + entry.amount, 0) + amount - Math.floor(this.limit * share);
		if (over <= 0) return 0;
		for (const entry of this.taken) {
			over -= entry.amount;
			if (over <= 0) return entry.at + this.periodMs - nowMs;
		}
		return 0;
	}
	take(nowMs, amount) {
		if (amount > 0) this.taken.push({
			at: nowMs,
			amount
		});
	}
};

// adapters/github/budget/budget.ts
/** The clock of this machine. */
const ownPace = {
	nowMs: Date.now,
	wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
	patienceMs: 9e4
};
/** @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const restPointsAMinute = 900;
const graphqlPointsAMinute = 2e3;
const contentAMinute = 80;
const contentAnHour = 500;
/** GitHub allows 100 at once, for all apps of an installation together. */
const concurrentReads = 20;
/** @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const betweenWritesMs = 1e3;
/** Ours and GitHub's clock are not the same: a stretch of time is taken a little longer. */
const minuteMs$4 = 61e3;
const hourMs$1 = 3601e3;
/** Part that everything but the writing down of merges may use. */
const share = .8;
/** Refusals for a limit, in a row, after which a call is given back. */
const maxRefusals = 3;
/** Waits before a read is repeated that was not answered. */
const repeatDelaysMs = [1e3, 3e3];
const leastWaitMs = 6e4;
const longestWaitMs$1 = 36e5;
/**
* What one installation may use of GitHub: every call goes through here, and none is sent that GitHub documents it would
* refuse. Writes go one by one. A refusal for a limit is no answer, so the call is sent again when GitHub says; whatever
* else a write ends with is final, since nobody can know whether it was carried out.
*/
var Budget = class {
	pace;
	writes = new Turn(1);
	reads = new Turn(concurrentReads);
	points = {
		core: new Window(restPointsAMinute, minuteMs$4),
		graphql: new Window(graphqlPointsAMinute, minuteMs$4)
	};
	contents = [new Window(contentAMinute, minuteMs$4), new Window(contentAnHour, hourMs$1)];
	quotas = /* @__PURE__ */ new Map();
	closedUntilMs = 0;
	refusals = 0;
	lastWriteMs = Number.NEGATIVE_INFINITY;
	constructor(pace) {
		this.pace = pace;
	}
	/**
	* Sends a call when it may be sent.
	* @param carryOut sends it; an error of it may hold the answer as `response`
	* @throws LimitError when it would have to wait longer than `patienceMs`, or only merges may be written down now
	*/
	async send(cost, carryOut) {
		const isUrgent = hasReserve();
		const turn = cost.mutates ? this.writes : this.reads;
		let [lost, refused] = [0, 0];
		for (;;) {
			const result = await turn.take(isUrgent, async () => {
				let waitMs = this.admit(cost, isUrgent);
				for (; waitMs > 0 && waitMs <= betweenWritesMs; waitMs = this.admit(cost, isUrgent)) await this.pace.wait(waitMs);
				return waitMs > 0 ? {
					kind: "early",
					waitMs
				} : this.carryOut(cost, carryOut);
			});
			if (result.kind === "early") {
				if (result.waitMs > this.pace.patienceMs) throw later(result.waitMs);
				await this.pace.wait(result.waitMs);
				continue;
			}
			const answer = answerOf(result);
			if (this.isRefused(cost, answer)) {
				refused += 1;
				if (refused >= maxRefusals) throw later(this.closedUntilMs - this.pace.nowMs());
				continue;
			}
			if (result.kind === "answered") return result.answer;
			const repeatMs = cost.mutates || !isLost(answer) ? void 0 : repeatDelaysMs[lost];
			if (repeatMs === void 0) throw result.error;
			lost += 1;
			await this.pace.wait(repeatMs);
		}
	}
	/** @returns 0: the call may be sent now, and is counted; else how long it must wait, in milliseconds */
	admit(cost, isUrgent) {
		const nowMs = this.pace.nowMs();
		this.requireQuota(cost, isUrgent, nowMs);
		const waitMs = this.waitMs(cost, isUrgent ? 1 : share, nowMs);
		if (waitMs > 0) return waitMs;
		this.points[cost.resource].take(nowMs, cost.points);
		for (const window of this.contents) window.take(nowMs, cost.content);
		return 0;
	}
	/** The second between two writes begins when the first is answered: only then it has come in for sure. */
	async carryOut(cost, carryOut) {
		const result = await settle$2(carryOut);
		if (cost.mutates) this.lastWriteMs = this.pace.nowMs();
		return result;
	}
	waitMs(cost, part, nowMs) {
		return Math.max(this.closedUntilMs - nowMs, cost.mutates ? this.lastWriteMs + betweenWritesMs - nowMs : 0, this.points[cost.resource].waitMs(nowMs, cost.points, part), ...this.contents.map((window) => window.waitMs(nowMs, cost.content, part)));
	}
	/** What is left of the hour belongs to merges when it is a fifth. */
	requireQuota({ resource }, isUrgent, nowMs) {
		const quota = this.quotas.get(resource);
		if (quota === void 0 || nowMs >= quota.resetMs) return;
		const kept = isUrgent ? 0 : Math.ceil(quota.limit * .19999999999999996);
		if (quota.remaining > kept) return;
		const untilReset = quota.resetMs - nowMs;
		if (isUrgent || quota.remaining === 0) throw later(untilReset);
		throw new LimitError("GITHUB_BUDGET_KEPT", `${quota.remaining} of ${quota.limit} calls of this hour are left, and they are kept for writing down merges`, untilReset);
	}
	/** Takes note of what an answer says of the limits. */
	isRefused(cost, answer) {
		if (answer !== null) this.learn(cost, answer);
		const limit = answer === null ? null : readLimit(answer, this.pace.nowMs());
		if (limit === null) this.refusals = 0;
		else this.close(limit);
		return limit !== null;
	}
	learn(cost, { headers }) {
		const [limit, remaining, reset] = [
			"limit",
			"remaining",
			"reset"
		].map((name) => {
			const value = headers[`x-ratelimit-${name}`];
			return value === void 0 || value === "" ? NaN : Number(value);
		});
		if (!Number.isFinite(limit) || !Number.isFinite(remaining) || !Number.isFinite(reset)) return;
		const named = headers["x-ratelimit-resource"];
		const resource = named === "core" || named === "graphql" ? named : cost.resource;
		const known = this.quotas.get(resource);
		const resetMs = reset * 1e3 + 1e3;
		const same = known !== void 0 && known.resetMs === resetMs;
		this.quotas.set(resource, {
			limit,
			resetMs,
			remaining: same ? Math.min(known.remaining, remaining) : remaining
		});
	}
	/** Nothing is sent until GitHub's time, or twice as long each time when it names none. */
	close({ untilMs }) {
		const waitMs = Math.min(leastWaitMs * 2 ** this.refusals, longestWaitMs$1);
		this.refusals += 1;
		this.closedUntilMs = Math.max(this.closedUntilMs, untilMs ?? this.pace.nowMs() + waitMs);
	}
};
function later(waitMs) {
	const minutes = Math.max(1, Math.ceil(waitMs / 6e4));
	return new LimitError("GITHUB_LIMITED", `GitHub takes no more calls of this installation for about ${minutes} min`, Math.max(waitMs, 1e3));
}
async function settle$2(carryOut) {
	try {
		return {
			kind: "answered",
			answer: await carryOut()
		};
	} catch (error) {
		return {
			kind: "failed",
			error
		};
	}
}
/** The answer behind a result; null: there was none. */
function answerOf(result) {
	if (result.kind === "answered") return result.answer;
	const { error } = result;
	if (typeof error !== "object" || error === null || !("response" in error)) return null;
	const { response } = error;
	return isAnswer(response) ? response : null;
}
function isAnswer(value) {
	return typeof value === "object" && value !== null && "status" in value && typeof value.status === "number" && "headers" in value && typeof value.headers === "object" && value.headers !== null;
}
/** No answer at all, or one of a server on the way that says nothing about what was asked. */
const isLost = (answer) => answer === null || answer.status >= 500;

// adapters/github/blob-batch.ts
/** Contents of one question: files of configuration and ledger have some kilobytes, and an answer has ten seconds. */
const maxBatch$1 = 40;
/** Fewer than these are as cheap one by one, which also works where GraphQL does not. */
const minBatch$1 = 3;
const entry = object({
	isTruncated: boolean(),
	text: string().nullable()
}).nullable();
/**
* Reads contents that are asked for at the same time by one question. GraphQL tells text alone, so what comes is held
* against its id: whatever is not exactly that content counts as not told, and is read by itself.
* @see https://docs.github.com/en/graphql/reference/objects#blob
*/
var BlobBatch = class {
	client;
	name;
	waiting = [];
	constructor(client, name) {
		this.client = client;
		this.name = name;
	}
	/** @returns undefined: read it by itself */
	read(sha) {
		return new Promise((answer) => {
			this.waiting.push({
				sha,
				answer
			});
			if (this.waiting.length === 1) setImmediate(() => void this.send());
		});
	}
	async send() {
		const all = this.waiting;
		this.waiting = [];
		for (let at = 0; at < all.length; at += maxBatch$1) {
			const batch = all.slice(at, at + maxBatch$1);
			const texts = batch.length < minBatch$1 ? null : await this.ask(batch.map(({ sha }) => sha));
			for (const [index, { sha, answer }] of batch.entries()) answer(contentOf(sha, texts?.[`blob${index}`]));
		}
	}
	/** null: no answer that can be relied on. */
	async ask(shas) {
		const text = `query ($owner: String!, $name: String!, ${shas.map((_, at) => `$oid${at}: GitObjectID!`).join(", ")}) {
      repository(owner: $owner, name: $name) { ${shas.map((_, at) => `blob${at}: object(oid: $oid${at}) { ...content }`).join("\n")} } }
      fragment content on Blob { isTruncated text }`;
		try {
			return (await this.client.graphql(text, {
				owner: this.name.owner,
				name: this.name.repo,
				...Object.fromEntries(shas.map((sha, at) => [`oid${at}`, sha])),
				request: { retries: 0 }
			})).repository;
		} catch {
			return null;
		}
	}
};
function contentOf(sha, told) {
	const found = entry.safeParse(told).data;
	if (found == null || found.isTruncated || found.text === null) return void 0;
	const bytes = new Uint8Array(Buffer.from(found.text, "utf8"));
	return blobIdOf(bytes) === sha ? bytes : void 0;
}

// adapters/github/look-answer.ts
/** GitHub's numbers pass 32 bits, and some come as text for that reason. */
const id = union([int().positive(), string().regex(/^\d{1,16}$/)]).transform(Number);
const oid = string().regex(/^[0-9a-f]{40}$/);
const pageInfo = object({ hasNextPage: boolean() });
const page = (node) => object({
	pageInfo,
	nodes: array(node)
});
const actor = object({
	__typename: string(),
	login: string(),
	databaseId: id.nullish()
}).nullable();
const user = object({
	databaseId: id,
	login: string()
});
const gitActor = object({ user: user.nullable() });
const mark$1 = object({
	databaseId: id,
	name: string(),
	status: string(),
	conclusion: string().nullable(),
	externalId: string().nullable(),
	startedAt: string().nullable(),
	completedAt: string().nullable()
});
const suites = (run) => page(object({
	app: object({ databaseId: id }).nullable(),
	checkRuns: page(run)
}));
const marks = suites(mark$1);
const shown = mark$1.extend({
	title: string().nullable(),
	summary: string().nullable(),
	text: string().nullable(),
	annotations: object({ totalCount: int().min(0) })
});
const place = object({
	oid,
	tree: object({ oid }),
	parents: page(object({ oid }))
});
const commit = place.extend({
	message: string(),
	committedDate: string(),
	author: gitActor.extend({ email: string().nullable() }).nullable(),
	committer: gitActor.nullable(),
	signature: object({ isValid: boolean() }).nullable()
});
const pulls = page(object({
	number: int(),
	baseRepository: object({ databaseId: id }).nullable()
}));
const tip = object({
	oid,
	tree: object({ oid })
});
const baseTip = tip.extend({
	history: page(object({ oid })),
	marked: object({ nodes: array(place.extend({ checkSuites: marks })) })
});
const pull = object({
	number: int(),
	state: _enum([
		"OPEN",
		"CLOSED",
		"MERGED"
	]),
	isDraft: boolean(),
	title: string(),
	body: string(),
	url: string(),
	createdAt: string(),
	updatedAt: string(),
	mergedAt: string().nullable(),
	author: actor,
	mergedBy: actor,
	headRefName: string(),
	headRefOid: oid,
	headRepository: object({ databaseId: id }).nullable(),
	baseRefName: string(),
	baseRefOid: oid,
	baseRef: object({ target: baseTip }).nullable(),
	mergeCommit: commit.extend({
		checkSuites: marks,
		line: object({ nodes: array(place) }),
		origin: object({ nodes: array(object({
			oid,
			associatedPullRequests: pulls
		})) })
	}).nullable(),
	reviewRequests: page(object({ requestedReviewer: object({
		__typename: string(),
		login: string().optional()
	}).nullable() })),
	commits: page(object({ commit })),
	head: object({ nodes: array(object({ commit: object({
		oid,
		associatedPullRequests: pulls,
		decision: suites(shown),
		evidence: marks
	}) })) }),
	reviews: page(object({
		fullDatabaseId: id,
		state: _enum([
			"APPROVED",
			"CHANGES_REQUESTED",
			"DISMISSED",
			"COMMENTED",
			"PENDING"
		]),
		submittedAt: string().nullable(),
		author: actor,
		commit: object({
			oid,
			evidence: marks
		}).nullable()
	})),
	timelineItems: page(object({
		__typename: string(),
		createdAt: string().optional(),
		previousReviewState: string().optional(),
		actor: actor.optional(),
		review: object({ fullDatabaseId: id }).nullish()
	})),
	comments: page(object({
		fullDatabaseId: id,
		body: string(),
		author: actor
	}))
});
const answer = object({ repository: object({
	databaseId: id,
	nameWithOwner: string(),
	url: string(),
	defaultBranchRef: object({
		name: string(),
		target: tip
	}).nullable(),
	ledger: object({ target: tip }).nullable(),
	pullRequest: pull
}) });
const team = object({ team: object({
	databaseId: id,
	members: page(user)
}) });
/** The answer as it was asked for; null when GitHub gave anything else: then it is read in the other way. */
function parseLookAnswer(data) {
	return answer.safeParse(data).data ?? null;
}
const marked = object({
	oid,
	checkSuites: marks
});
/** A commit with our check runs on it; null: anything else. */
const parseMarks = (data) => marked.safeParse(data).data ?? null;
const parseUser = (data) => user.safeParse(data).data ?? null;
/** Members of a team; null when not all of them came. */
function parseTeam(data) {
	const found = team.safeParse(data).data?.team.members;
	return found === void 0 || found.pageInfo.hasNextPage ? null : found.nodes;
}

// adapters/github/look-query.ts
/**
* Commits of the base branch whose marks, parents and trees come along: an anchor lies nearer, or is read by itself. GitHub
* counts what a question may need, and rounds: with as many commits before a merge it stays at four points.
*/
const maxMarked$1 = 30;
/** Commits of the base branch whose ids come along. */
const maxHistory = 100;
/**
* Asks for everything about one pull request that can change, at one moment. Each field is in GitHub's published schema,
* and an installation with the permissions of our manifest may read it; the hub executes the same text.
* Check runs are asked for with `checkType: ALL`: the newest alone would hide an anchor behind a decision.
* @see https://docs.github.com/en/graphql/reference/objects#pullrequest
*/
function writeLookQuery({ owner, repo }, appId, number, guess) {
	const users = guess.logins.map((login, at) => [`user${at}`, login]);
	const teams = guess.teams.map((team, at) => [`team${at}`, ...team.split("/")]);
	const declared = [
		...[
			"$owner: String!",
			"$name: String!",
			"$number: Int!",
			"$app: Int!",
			"$ledger: String!"
		],
		...users.map(([alias]) => `$${alias}: String!`),
		...teams.flatMap(([alias]) => [`$${alias}org: String!`, `$${alias}slug: String!`])
	];
	const asked = [...users.map(([alias]) => `${alias}: user(login: $${alias}) { databaseId login }`), ...teams.map(([alias]) => `${alias}: organization(login: $${alias}org) { team(slug: $${alias}slug) { databaseId
          members(first: 100) { pageInfo { hasNextPage } nodes { databaseId login } } } }`)];
	return {
		text: `query (${declared.join(", ")}) {\n${main}\n${asked.join("\n")}\n}\n${fragments}`,
		variables: {
			owner,
			name: repo,
			number,
			app: appId,
			ledger: `refs/heads/${guess.ledgerBranch}`,
			...Object.fromEntries(users),
			...Object.fromEntries(teams.flatMap(([alias, org = "", slug = ""]) => [[`${alias}org`, org], [`${alias}slug`, slug]]))
		}
	};
}
const main = `repository(owner: $owner, name: $name) {
  databaseId nameWithOwner url
  defaultBranchRef { name target { oid ...on Commit { tree { oid } } } }
  ledger: ref(qualifiedName: $ledger) { target { oid ...on Commit { tree { oid } } } }
  pullRequest(number: $number) {
    number state isDraft title body url createdAt updatedAt mergedAt
    author { ...actor } mergedBy { ...actor }
    headRefName headRefOid headRepository { databaseId }
    baseRefName baseRefOid
    baseRef { target { oid ...on Commit { tree { oid }
      history(first: ${100}) { pageInfo { hasNextPage } nodes { oid } }
      marked: history(first: ${30}) { nodes { ...place ...marks } } } } }
    mergeCommit { ...commitFacts ...marks
      line: history(first: ${30}) { nodes { ...place } }
      origin: parents(first: 1) { nodes { oid ...pulls } } }
    reviewRequests(first: 100) { pageInfo { hasNextPage } nodes { requestedReviewer { __typename ...on User { login } } } }
    commits(first: 100) { pageInfo { hasNextPage } nodes { commit { ...commitFacts } } }
    head: commits(last: 1) { nodes { commit { oid ...pulls
      decision: checkSuites(first: 2, filterBy: { appId: $app }) { pageInfo { hasNextPage } nodes { app { databaseId }
        checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: "gatehouse" }) {
          pageInfo { hasNextPage } nodes { ...mark title summary text annotations(first: 1) { totalCount } } } } }
      ...evidence } } }
    reviews(first: 50) { pageInfo { hasNextPage } nodes {
      fullDatabaseId state submittedAt author { ...actor } commit { oid ...evidence } } }
    timelineItems(first: 100, itemTypes: [REVIEW_DISMISSED_EVENT]) { pageInfo { hasNextPage } nodes {
      __typename ...on ReviewDismissedEvent { createdAt previousReviewState actor { ...actor } review { fullDatabaseId } } } }
    comments(first: 100) { pageInfo { hasNextPage } nodes { fullDatabaseId body author { ...actor } } }
  }
}`;
const fragments = `fragment actor on Actor { __typename login
  ...on User { databaseId } ...on Bot { databaseId } ...on Mannequin { databaseId } ...on Organization { databaseId } }
fragment place on Commit { oid tree { oid } parents(first: 20) { pageInfo { hasNextPage } nodes { oid } } }
fragment commitFacts on Commit { oid message committedDate tree { oid }
  parents(first: 20) { pageInfo { hasNextPage } nodes { oid } }
  author { email user { databaseId login } } committer { user { databaseId login } } signature { isValid } }
fragment pulls on Commit { associatedPullRequests(first: 50) { pageInfo { hasNextPage } nodes {
  number baseRepository { databaseId } } } }
fragment mark on CheckRun { databaseId name status conclusion externalId startedAt completedAt }
fragment marks on Commit { checkSuites(first: 2, filterBy: { appId: $app }) { pageInfo { hasNextPage } nodes { app { databaseId }
  checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: "gatehouse" }) {
    pageInfo { hasNextPage } nodes { ...mark } } } } }
fragment evidence on Commit { evidence: checkSuites(first: 2, filterBy: { appId: $app }) { pageInfo { hasNextPage } nodes { app { databaseId }
  checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: "gatehouse evidence" }) {
    pageInfo { hasNextPage } nodes { ...mark } } } } }`;

// adapters/github/mark-batch.ts
/** Commits of one question: each may need three of GitHub's own reads, and a hundred of those are one point. */
const maxBatch = 40;
/** Fewer than these are as cheap one by one, which also works where GraphQL does not. */
const minBatch = 3;
const found$1 = object({ repository: record$1(string(), unknown()) });
/**
* Reads our check runs of commits that are asked for at the same time by one question: an anchor is looked for on many.
* What did not come whole counts as not told, and is read by itself.
* @see https://docs.github.com/en/graphql/reference/objects#commit
*/
var MarkBatch = class {
	client;
	name;
	appId;
	waiting = [];
	constructor(client, name, appId) {
		this.client = client;
		this.name = name;
		this.appId = appId;
	}
	/** @returns oldest first; undefined: read it by itself */
	read(sha, checkName) {
		return new Promise((answer) => {
			this.waiting.push({
				sha,
				checkName,
				answer
			});
			if (this.waiting.length === 1) setImmediate(() => void this.send());
		});
	}
	async send() {
		const all = this.waiting;
		this.waiting = [];
		for (const checkName of new Set(all.map((each) => each.checkName))) {
			const same = all.filter((each) => each.checkName === checkName);
			const shas = [...new Set(same.map(({ sha }) => sha))];
			const told = /* @__PURE__ */ new Map();
			for (let at = 0; at < shas.length; at += maxBatch) await this.ask(shas.slice(at, at + maxBatch), checkName, told);
			for (const { sha, answer } of same) answer(told.get(sha));
		}
	}
	async ask(shas, checkName, told) {
		if (shas.length < minBatch) return;
		const text = `query ($owner: String!, $name: String!, $app: Int!, $check: String!, ${shas.map((_, at) => `$oid${at}: GitObjectID!`).join(", ")}) {
      repository(owner: $owner, name: $name) { ${shas.map((_, at) => `commit${at}: object(oid: $oid${at}) { ...marks }`).join("\n")} } }
      fragment marks on Commit { oid checkSuites(first: 2, filterBy: { appId: $app }) {
        pageInfo { hasNextPage } nodes { app { databaseId }
          checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: $check }) {
            pageInfo { hasNextPage } nodes {
              databaseId name status conclusion externalId startedAt completedAt } } } } }`;
		try {
			const answer = await this.client.graphql(text, {
				owner: this.name.owner,
				name: this.name.repo,
				app: this.appId,
				check: checkName,
				...Object.fromEntries(shas.map((sha, at) => [`oid${at}`, sha])),
				request: { retries: 0 }
			});
			const { repository } = found$1.parse(answer);
			for (const [at, sha] of shas.entries()) {
				const commit = parseMarks(repository[`commit${at}`]);
				const marks = commit?.oid === sha ? toMarksOf(commit.checkSuites, sha, checkName, this.appId) : null;
				if (marks !== null) told.set(sha, marks);
			}
		} catch {}
	}
};

// adapters/github/look-reader.ts
/** Makes readers that share one memory: plain ones, and for a look at one pull request. */
function openReader(client, name, appId, memory) {
	const batch = new BlobBatch(client, name);
	const marks = new MarkBatch(client, name, appId);
	const known = {
		...nothingKnown,
		blob: (sha) => batch.read(sha),
		marks: (sha, check) => marks.read(sha, check)
	};
	return (pull) => pull === void 0 ? createReader(client, name, appId, memory, known) : createLookReader(client, name, appId, memory, pull, known);
}
/**
* A reader for one look at a pull request: what can change about it is read at one moment, by one question, as soon as
* anything is asked for. What the answer did not bring, or brought in part, is read by itself as any reader does; an
* error in it, or a shape that we do not know, and all of it is. The same questions have the same answers either way.
*/
function createLookReader(client, name, appId, memory, number, known = nothingKnown) {
	let asked = null;
	let early = null;
	const open = (tagged) => {
		early = memory.early.open(number, tagged);
		return early.client;
	};
	const look = () => {
		if (asked !== null) return asked;
		early?.begin();
		asked = readLook$1(client, name, appId, memory, number).then((read) => {
			early?.saw(read?.facts.reviews?.some(({ state }) => state === "APPROVED") === true);
			return read;
		});
		return asked;
	};
	const facts = async () => (await look())?.facts ?? null;
	const plain = createReader(client, name, appId, memory, {
		...known,
		...toKnown(look),
		client: open
	});
	return {
		...plain,
		repository: async () => (await facts())?.repository ?? plain.repository(),
		pull: async (asked) => (asked === number ? (await facts())?.pull : null) ?? plain.pull(asked),
		pullCommits: async (asked) => (asked === number ? (await facts())?.commits : null) ?? plain.pullCommits(asked),
		reviews: async (asked) => (asked === number ? (await facts())?.reviews : null) ?? plain.reviews(asked),
		dismissals: async (asked) => (asked === number ? (await facts())?.dismissals : null) ?? plain.dismissals(asked),
		pullsOfCommit: async (sha) => (await facts())?.pulls.get(sha) ?? plain.pullsOfCommit(sha),
		checkRuns: async (sha, check) => (await facts())?.marks.get(markKey(sha, check)) ?? plain.checkRuns(sha, check),
		commit: async (sha) => {
			const merge = (await facts())?.merge;
			return merge?.sha === sha ? merge : plain.commit(sha);
		},
		tree: async (sha) => {
			await look();
			return plain.tree(sha);
		},
		history: async (ref, limit) => {
			const { shas = [], whole = false } = (await facts())?.history ?? {};
			if (!(shas[0] === ref || (await facts())?.branches.get(ref) === shas[0]) || shas.length === 0 || shas.length < limit && !whole) return plain.history(ref, limit);
			return shas.slice(0, limit);
		}
	};
}
/** What a reader reads within other reads, from the one question. */
const toKnown = (look) => ({
	account: async (login) => (await look())?.accounts.get(login),
	team: async (team) => (await look())?.teams.get(team),
	branchHead: async (branch) => (await look())?.facts.branches.get(branch)
});
/** null: GitHub gave no answer that can be relied on. The guess is then forgotten, since it may be what was wrong. */
async function readLook$1(client, name, appId, memory, number) {
	const guess = memory.guess.current();
	const { text, variables } = writeLookQuery(name, appId, number, guess);
	const data = await askOnce(client, text, variables);
	const answer = parseLookAnswer(data);
	if (answer === null || answer.repository.pullRequest.number !== number) {
		memory.guess.forgetPeople();
		return null;
	}
	const facts = toLookFacts(answer, guess.ledgerBranch, appId);
	for (const place of facts.places) memory.learnPlace(place);
	for (const [branch, sha] of facts.branches) memory.tips.see(branch, sha);
	if (facts.merge !== null) {
		if (isSettled$1(facts.merge)) memory.commits.put(facts.merge.sha, facts.merge);
		memory.learnMerge(facts.merge, answer.repository.pullRequest.headRefOid);
	}
	offerToWriter(memory, number, facts);
	return {
		facts,
		...toPeople(data, guess)
	};
}
/** An error inside HTTP 200 is an error here as well: nothing is taken from an answer that has one. */
async function askOnce(client, text, variables) {
	try {
		return await client.graphql(text, {
			...variables,
			request: { retries: 0 }
		});
	} catch {
		return null;
	}
}
/** Whoever writes next need not read what was read a moment ago. */
function offerToWriter(memory, number, { pull, decision, marks, botComments }) {
	if (pull !== null && decision !== null) memory.fresh.putChecks(pull.head.sha, decisionName, decision);
	for (const [key, runs] of marks) memory.fresh.putMarks(key, runs);
	if (botComments !== null) memory.fresh.putComments(number, botComments);
}
function toPeople(data, guess) {
	return {
		accounts: new Map(guess.logins.flatMap((login, at) => {
			const user = parseUser(data[`user${at}`]);
			return user === null ? [] : [[login, toUser(user)]];
		})),
		teams: new Map(guess.teams.flatMap((team, at) => {
			const members = parseTeam(data[`team${at}`]);
			return members === null ? [] : [[team, members.map(toUser)]];
		}))
	};
}

// adapters/github/branch-commit.ts
const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid tree { oid } } }
}`;
/**
* Writes whole files in one commit, only while the branch still points to `expectedHead`.
* GitHub makes the commit in the app's name and signs it; nobody can choose another author.
* @returns id of the new commit
* @param memory learns what the commit holds: nobody need read back what was just written
* @throws ConflictError LEDGER_MOVED when the branch points elsewhere: read again and decide again
* @see https://docs.github.com/en/graphql/reference/mutations#createcommitonbranch
*/
async function commitOnBranch(client, name, commit, memory) {
	return writeGitHub(`write to branch ${commit.branch}`, async () => {
		try {
			const answer = await client.graphql(mutation, {
				input: toInput$1(name, commit),
				request: { retries: 0 }
			});
			const oid = textAt(answer, [
				"createCommitOnBranch",
				"commit",
				"oid"
			]);
			if (oid === null || !/^[0-9a-f]{40}$/.test(oid)) throw new Error("the answer names no commit");
			const tree = textAt(answer, [
				"createCommitOnBranch",
				"commit",
				"tree",
				"oid"
			]);
			if (tree !== null) memory.learnCommit(oid, tree, commit.expectedHead, commit.files);
			return oid;
		} catch (error) {
			if (isStale(error)) throw moved$1(commit.branch, error);
			throw error;
		}
	});
}
/**
* Starts a branch at a new commit, which `createCommitOnBranch` cannot: it needs a branch that is there. The branch
* comes last, so nobody ever sees it without the commit.
* @throws ConflictError LEDGER_MOVED when somebody made the branch meanwhile
*/
async function startBranch(client, name, commit, memory) {
	return writeGitHub(`start branch ${commit.branch}`, async () => {
		const parents = commit.parent === null ? [] : [commit.parent];
		const tree = await client.request("POST /repos/{owner}/{repo}/git/trees", {
			...name,
			...commit.parent === null ? {} : { base_tree: await treeOf(client, name, commit.parent) },
			tree: commit.files.map(({ path, content }) => ({
				path,
				mode: "100644",
				type: "blob",
				content
			}))
		});
		const made = await client.request("POST /repos/{owner}/{repo}/git/commits", {
			...name,
			message: `${commit.headline}\n\n${commit.body}`.trim(),
			tree: tree.data.sha,
			parents
		});
		await createRef(client, name, commit.branch, made.data.sha);
		memory.learnCommit(made.data.sha, tree.data.sha, commit.parent, commit.files);
		return made.data.sha;
	});
}
async function treeOf(client, name, commit) {
	const { data } = await client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
		...name,
		commit_sha: commit
	});
	return data.tree.sha;
}
/** @throws ConflictError LEDGER_MOVED when the branch is there already */
async function createRef(client, name, branch, sha) {
	try {
		await client.request("POST /repos/{owner}/{repo}/git/refs", {
			...name,
			ref: `refs/heads/${branch}`,
			sha,
			request: { retries: 0 }
		});
	} catch (error) {
		if (statusOf(error) === 422 || statusOf(error) === 409) throw moved$1(branch, error);
		throw error;
	}
}
function toInput$1(name, commit) {
	return {
		branch: {
			repositoryNameWithOwner: `${name.owner}/${name.repo}`,
			branchName: commit.branch
		},
		expectedHeadOid: commit.expectedHead,
		message: {
			headline: commit.headline,
			body: commit.body
		},
		fileChanges: {
			additions: commit.files.flatMap(({ path, content }) => content === null ? [] : [{
				path,
				contents: Buffer.from(content, "utf8").toString("base64")
			}]),
			deletions: commit.files.flatMap(({ path, content }) => content === null ? [{ path }] : [])
		}
	};
}
/** GraphQL tells a stale head inside HTTP 200, as an error of type STALE_DATA. */
function isStale(error) {
	if (typeof error !== "object" || error === null || !("errors" in error)) return false;
	if (!Array.isArray(error.errors)) return false;
	return error.errors.some((entry) => {
		if (typeof entry !== "object" || entry === null) return false;
		const [type, message] = ["type", "message"].map((key) => new Map(Object.entries(entry)).get(key));
		return type === "STALE_DATA" || typeof message === "string" && /Expected branch to point to/.test(message);
	});
}
function textAt(answer, path) {
	const found = path.reduce((value, key) => typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(key) : void 0, answer);
	return typeof found === "string" ? found : null;
}
function moved$1(branch, cause) {
	return new ConflictError("LEDGER_MOVED", `Branch ${branch} moved while we were writing; nothing was written`, {
		hint: "Read it again and decide again: the champion may be another one now.",
		cause
	});
}

// adapters/github/progress-check.ts
/**
* Puts how far a training is into the check of a head: title, and a part above the summary. Only its words are sent,
* never a status or a conclusion, so what a training claims can neither end a check nor open one again.
* @returns `kept`: there is no check of ours in progress, and nothing was written
*/
async function showProgress(client, name, identity, { name: checkName, headSha, title, parts }) {
	const current = (await readCheckRuns(client, name, identity.appId, headSha, checkName)).at(-1);
	if (current === void 0 || current.status !== "in_progress" || isFixed(current.externalId)) return "kept";
	const own = withoutProgress(current.summary);
	const summary = parts.length === 0 ? own : withProgress(own, parts);
	if (parts.length === 0 && own === current.summary || current.title === title && current.summary === summary) return "unchanged";
	await writeGitHub(`show progress in the check of ${headSha}`, () => client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
		...name,
		check_run_id: current.id,
		output: {
			title,
			summary,
			text: current.text
		}
	}));
	return "updated";
}

// adapters/github/reactions.ts
/** Reacts to a comment. GitHub keeps one of each kind an account, so it may be done twice. */
async function react(client, name, comment, content) {
	await writeGitHub(`react to comment ${comment}`, () => client.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
		...name,
		comment_id: comment,
		content
	}));
}

// adapters/github/octokit-writer.ts
/**
* Writes to one repository as the app.
* @param memory that of the readers: what a look has just read is not read again before it is written over
*/
function createWriter(plain, name, identity, memory = new ReaderMemory()) {
	const client = withConditionalReads(plain, memory);
	const { fresh } = memory;
	return {
		upsertComment: (pull, body) => upsertComment(client, name, identity, pull, body, fresh),
		answerComment: (pull, marker, write) => answerComment(client, name, identity, pull, marker, write, fresh),
		react: (comment, content) => react(client, name, comment, content),
		markOutOfDate: (pull, head) => markOutOfDate(client, name, identity, pull, head, fresh),
		upsertCheck: (check) => upsertCheck(client, name, identity, check, fresh),
		showProgress: (progress) => {
			fresh.forgetChecks(progress.headSha, progress.name);
			return showProgress(client, name, identity, progress);
		},
		createFixedCheck: (check) => createFixedCheck(client, name, identity, check, fresh),
		commitOnBranch: (commit) => commitOnBranch(client, name, commit, memory),
		startBranch: (commit) => startBranch(client, name, commit, memory),
		createBranch: (branch, sha) => createBranch(client, name, branch, sha),
		resetBranch: (branch, sha) => resetBranch(client, name, branch, sha),
		deleteBranch: (branch) => deleteBranch(client, name, branch),
		openPull: (request) => openPull(client, name, request),
		updatePull: (number, change) => updatePull(client, name, number, change),
		requestReviewers: (pull, logins) => requestReviewers(client, name, pull, logins)
	};
}
async function createBranch(client, name, branch, sha) {
	const create = async () => {
		await createRef(client, name, branch, sha);
		return true;
	};
	const isThere = async () => await readBranchHead(client, name, branch) === sha || null;
	await makeOnce(`create branch ${branch}`, create, isThere);
}
async function resetBranch(client, name, branch, sha) {
	await writeGitHub(`move branch ${branch}`, () => client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
		...name,
		ref: `heads/${branch}`,
		sha,
		force: true
	}));
}
async function deleteBranch(client, name, branch) {
	await writeGitHub(`delete branch ${branch}`, async () => {
		try {
			await client.request("DELETE /repos/{owner}/{repo}/git/refs/{ref}", {
				...name,
				ref: `heads/${branch}`
			});
		} catch (error) {
			if (statusOf(error) !== 404 && statusOf(error) !== 422) throw error;
		}
	});
}
async function openPull(client, name, request) {
	const open = async () => {
		const { data } = await client.request("POST /repos/{owner}/{repo}/pulls", {
			...name,
			...request,
			request: { retries: 0 }
		});
		return data.number;
	};
	const find = async () => {
		const { data } = await client.request("GET /repos/{owner}/{repo}/pulls", {
			...name,
			state: "open",
			head: `${name.owner}:${request.head}`,
			base: request.base
		});
		return data[0]?.number ?? null;
	};
	return makeOnce(`open a pull request for ${request.head}`, open, find);
}
async function updatePull(client, name, number, change) {
	await writeGitHub(`update pull request ${number}`, () => client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
		...name,
		pull_number: number,
		...change
	}));
}
/**
* Asks people one by one, because GitHub refuses the whole list when one of them cannot be asked.
* @returns who was asked; who cannot be asked (no access to the repository) is left out
*/
async function requestReviewers(client, name, pull, logins) {
	const asked = [];
	for (const login of logins) await writeGitHub(`ask ${login} to review pull request ${pull}`, async () => {
		try {
			await client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", {
				...name,
				pull_number: pull,
				reviewers: [login]
			});
			asked.push(login);
		} catch (error) {
			if (statusOf(error) !== 422) throw error;
		}
	});
	return asked;
}

// core/training/run-command.ts
const fewestDigits = 7;
/**
* Holds the commit that somebody named against the pull request. Only its newest commit is ever answered with a way to
* run it: what somebody read and what runs are the same bytes.
*/
function answerRun(commit, pull) {
	if (!pull.isOpen) return { kind: "closed" };
	if (!pull.isFork) return { kind: "own branch" };
	if (commit === "") return { kind: "no commit" };
	const named = commit.toLowerCase();
	if (!/^[0-9a-f]{7,40}$/.test(named)) return { kind: "not a commit" };
	const [first, ...more] = [.../* @__PURE__ */ new Set([pull.headSha, ...pull.commits])].filter((one) => one.startsWith(named));
	if (first === void 0) return { kind: "other commit" };
	if (more.length > 0) return { kind: "ambiguous" };
	return { kind: first === pull.headSha ? "take over" : "old commit" };
}
/** So many characters of a commit that no other of the pull request begins with them. */
function shortest({ headSha, commits }) {
	const others = commits.filter((one) => one !== headSha);
	for (let length = fewestDigits; length < headSha.length; length += 1) {
		const start = headSha.slice(0, length);
		if (!others.some((one) => one.startsWith(start))) return start;
	}
	return headSha;
}

// core/report/command-reply.ts
/** First line of the reply to a comment: each comment is answered once. */
const replyMarker = (comment) => `<!-- gatehouse:command:${comment}; -->`;
/** Reply to a command that is none, with what was probably meant. */
function renderUnknown({ word, meant }, place) {
	const guess = meant === null ? "" : `. Did you mean "${meant}"?`;
	return reply$1(place, [paragraph("There is no command ", { code: word }, guess), ...commandList]);
}
/** Reply to a command that met wrong input: what is wrong and what to do. */
const renderRefused = (error, place) => reply$1(place, [paragraph("Not done: ", error.message, ". ", error.hint)]);
/** Reply when one person asked for more on a pull request than is answered. */
const renderTooMany = (place) => reply$1(place, [paragraph("Not done: there were too many commands here in a short time. One more is answered each minute, five when it was quiet for a while; those in between are not looked at. The pull request itself is looked at by itself.")]);
/** Reply to `/gatehouse help`. */
const renderHelp = (place) => reply$1(place, commandList);
const commandList = [{
	kind: "list",
	items: [
		[{ code: "/gatehouse explain" }, " shows every rule of the decision with its reason"],
		[{ code: "/gatehouse retry" }, " makes the app look again"],
		[{ code: "/gatehouse request" }, " asks those for a review who can help"],
		[{ code: "/gatehouse run COMMIT" }, " says how to train the newest commit of a pull request from a fork"],
		[{ code: "/gatehouse rollback ENDPOINT" }, " opens a pull request that returns to the version that served before; add the model when there are several"],
		[{ code: "/gatehouse waive GATE until YYYY-MM-DD because REASON" }, " opens a pull request that lets one gate be missed for a while"]
	]
}, paragraph("No command approves anything or moves a model: approve with a review. A comment that was edited is not answered; write a new one. A training that failed is tried again with \"Re-run failed jobs\" of its run.")];
/** Reply to `/gatehouse run`. */
function renderRunReply({ kind }, named, pull, place) {
	if (kind === "take over") return reply$1(place, takeOver(pull, place));
	return reply$1(place, kind === "closed" || kind === "own branch" ? notNeeded[kind] : [wrong$1[kind](named), ask(pull)]);
}
const notNeeded = {
	closed: [paragraph("This pull request is closed: nothing of it runs. Open it again first.")],
	"own branch": [paragraph("This pull request has a branch of this repository: its newest commit trains by itself. To try a run again, press \"Re-run failed jobs\" of it.")]
};
const wrong$1 = {
	"no commit": () => paragraph("Name the commit that you have read: what is pushed after it must not run in its place."),
	"not a commit": (named) => paragraph({ code: named }, " is no commit: write 7 to 40 hexadecimal digits."),
	ambiguous: (named) => paragraph("More than one commit of this pull request begins with ", { code: named }, "."),
	"old commit": (named) => paragraph({ code: named }, " is not the newest commit of this pull request. Read what came after it first."),
	"other commit": (named) => paragraph({ code: named }, " is no commit of this pull request.")
};
const ask = (pull) => paragraph("Its newest commit is ", { code: pull.headSha }, ". Once you have read it: ", { code: `/gatehouse run ${shortest(pull)}` });
/**
* The way a maintainer takes a fork's commit over: exactly the bytes that were named, by somebody who may push, into a
* branch that the ordinary workflow trains and judges. The app moves no code itself.
*/
function takeOver(pull, { number, repositoryUrl, baseRef }) {
	const branch = `take-over/${number}-${pull.headSha.slice(0, 12)}`;
	const base = encodeURIComponent(baseRef);
	return [
		paragraph("Code of a fork reaches no training machine by itself. Whoever may push here and has read ", { code: pull.headSha }, " takes over exactly this commit:"),
		{
			kind: "fence",
			language: "text",
			lines: [`git fetch ${repositoryUrl} refs/pull/${number}/head`, `git push ${repositoryUrl} ${pull.headSha}:refs/heads/${branch}`]
		},
		paragraph("Then ", {
			link: "open a pull request from that branch",
			to: `${repositoryUrl}/compare/${base}...${encodeURIComponent(branch)}?expand=1`
		}),
		{
			kind: "list",
			items: [
				["It is trained and judged like every other one, with the result there."],
				["It holds for this commit only: a later push to the fork changes nothing of it."],
				["Its authors, and whoever pushes or opens it, cannot approve it."]
			]
		}
	];
}
/** @param blocks below the line by which the reply is found again */
const reply$1 = ({ comment }, blocks) => `${replyMarker(comment)}\n${renderMarkdown(blocks)}\n`;

// core/report/rollback-reply.ts
const most$2 = 20;
/** Reply to `/gatehouse rollback`. */
function renderRollback(answer, place) {
	switch (answer.kind) {
		case "opened": return reply$1(place, [paragraph({
			link: `Pull request ${answer.pull}`,
			to: `${place.repositoryUrl}/pull/${answer.pull}`
		}, " asks to return ", { code: answer.target.model }, " at ", { code: answer.target.endpoint }, ` from v${answer.target.from} to v${answer.target.to}. Nothing moves before it is approved and merged, and whoever asked for it cannot approve it.`)]);
		case "no endpoint": return reply$1(place, [paragraph("Name the endpoint: ", { code: "/gatehouse rollback ENDPOINT" })]);
		case "no target": return reply$1(place, [paragraph(answer.model === null ? "No model" : "The model ", ...answer.model === null ? [] : [{ code: answer.model }], answer.model === null ? " has a" : " has no", " version recorded that it could return to at ", { code: answer.endpoint }, ". Ask for any other version as a promotion: change ", { code: "stages.yml" }, " in a pull request; it goes through all gates.")]);
		case "several": return reply$1(place, [paragraph("Several models can return at ", { code: answer.endpoint }, ". Name one:"), {
			kind: "list",
			items: answer.models.slice(0, most$2).map((model) => [{ code: `/gatehouse rollback ${answer.endpoint} ${model}` }])
		}]);
		case "no file": return reply$1(place, [paragraph({ code: answer.path }, " of the default branch cannot be read: mend it first.")]);
	}
}
/** Title and description of the pull request that asks for a rollback. @param askedBy login */
function renderRollbackPull({ model, endpoint, from, to }, askedBy, place) {
	return {
		title: `Roll back ${model} at ${endpoint} from v${from} to v${to}`,
		body: `${renderMarkdown([paragraph({ code: askedBy }, " asked for this with a comment on ", {
			link: `pull request ${place.number}`,
			to: `${place.repositoryUrl}/pull/${place.number}`
		}, `. v${to} served at `, { code: endpoint }, ` before v${from}, so it is not judged again: it needs the approvals that the policy asks for, and its bytes.`), paragraph("Whoever asked for it, and whoever pushes to this branch, cannot approve it. Should the base branch move on first, whoever may write presses \"Update branch\": that is no push of theirs.")])}\n`
	};
}

// core/report/waive-reply.ts
const most$1 = 30;
const form$1 = "/gatehouse waive GATE until YYYY-MM-DD because REASON";
/** Reply to `/gatehouse waive`: a waiver is a file, approved like everything else. */
function renderWaive(answer, place) {
	switch (answer.kind) {
		case "opened": return reply$1(place, opened(answer.waiver, answer.pull, place));
		case "how": return reply$1(place, [paragraph("Say which gate, until when and why: ", { code: form$1 }), ...about]);
		case "no model": return reply$1(place, [paragraph("This pull request changes no model. Name it: ", { code: "/gatehouse waive GATE for MODEL until YYYY-MM-DD because REASON" })]);
		case "no gate": return reply$1(place, noGate(answer));
		case "not opened": return reply$1(place, [paragraph("The pull request could not be opened. Ask again in a new comment.")]);
	}
}
const about = [paragraph("The app opens a pull request with a file ", { code: "waivers/NAME.yml" }, "; owner and governors decide about it, whoever asked does not. It is shown with every decision that rests on it and ends by itself. For another model add ", { code: "for MODEL" }, " after the gate.")];
function opened(waiver, pull, { repositoryUrl }) {
	return [paragraph({
		link: `Pull request ${pull}`,
		to: `${repositoryUrl}/pull/${pull}`
	}, " asks to let ", { code: waiver.gate }, " of ", { code: waiver.model }, " be missed until ", { code: waiver.until }, ". Nothing is waived before it is approved and merged, and whoever asked for it cannot approve it.")];
}
function noGate({ gate, gates, meant }) {
	return [paragraph("The model has no gate ", { code: gate }, ".", ...meant === null ? [] : [
		" Did you mean ",
		{ code: meant },
		"?"
	], " Its gates:"), {
		kind: "list",
		items: gates.slice(0, most$1).map((one) => [{ code: one }])
	}];
}
/** Title and description of the pull request that asks for a waiver. @param askedBy login */
function renderWaiverPull(waiver, askedBy, place) {
	return {
		title: `Waive a gate of ${waiver.model} until ${waiver.until}`,
		body: `${renderMarkdown([paragraph({ code: askedBy }, " asked for this with a comment on ", {
			link: `pull request ${place.number}`,
			to: `${place.repositoryUrl}/pull/${place.number}`
		}, ". ", { code: waiver.gate }, " may be missed until ", { code: waiver.until }, ": ", { code: waiver.reason }), paragraph("It lets this one gate be missed, never a check of data or a number that was not measured. Owner and governors approve it; whoever asked for it, and whoever pushes to this branch, cannot. Other merges do not age it, since nothing of the model is proposed here. Where your rules ask for an up-to-date branch, whoever may write presses \"Update branch\": that is no push of theirs.")])}\n`
	};
}

// core/training/command.ts
const words$1 = [
	"help",
	"explain",
	"retry",
	"run",
	"request",
	"rollback",
	"waive"
];
/** Reads the first command of a comment; null: there is none. */
function parseCommand(body) {
	const line = body.split(/\r\n|\n|\r/).find((one) => /^\/gatehouse(?:\s|$)/.test(one));
	if (line === void 0) return null;
	const [, word = "", ...given] = line.trim().split(/\s+/);
	switch (word) {
		case "":
		case "retry": return { kind: "look" };
		case "help":
		case "explain":
		case "request": return { kind: word };
		case "waive": return {
			kind: "waive",
			asked: toWish(given)
		};
		case "run": return {
			kind: "run",
			commit: given.join(" ")
		};
		case "rollback": return {
			kind: "rollback",
			endpoint: given[0] ?? "",
			model: given[1] ?? null
		};
		default: return {
			kind: "unknown",
			word,
			meant: suggest(word, words$1)
		};
	}
}
/** `GATE [for MODEL] until DAY because REASON`: by words, so that no text takes long to read. */
function toWish(given) {
	const [until, because] = [given.indexOf("until"), given.indexOf("because")];
	const reason = given.slice(because + 1).join(" ");
	if (until < 1 || because !== until + 2 || reason === "") return null;
	const named = given[until - 2] === "for" && until > 2 ? given[until - 1] ?? null : null;
	return {
		gate: given.slice(0, named === null ? until : until - 2).join(" "),
		model: named,
		until: given[until + 1] ?? "",
		reason
	};
}

// core/report/rule-table.ts
/** The decision as a table: every rule with its state and the sentence why, children indented by their number. */
function ruleSections(rules) {
	const rows = rules.map(condenseRule).flatMap((result, at) => flatten(result, `${at + 1}`));
	const head = [
		"No.",
		"Rule",
		"State",
		"Why"
	];
	return chunksOf(rows).map(({ from, rows: part }) => {
		return {
			name: "rules",
			rank: from === 0 ? 2 : 7,
			blocks: [{
				kind: "paragraph",
				text: [{ strong: from === 0 ? "Rules" : "Rules, continued" }]
			}, {
				kind: "table",
				head,
				rows: part
			}]
		};
	});
}
function flatten({ rule, state, because, children }, number) {
	return [[
		[number],
		[{ code: rule }],
		[stateWords[state]],
		[because]
	], ...children.flatMap((child, at) => flatten(child, `${number}.${at + 1}`))];
}

// core/report/decision-reply.ts
/**
* Reply to `/gatehouse explain`: every rule with its state and why, approvals that count and those that do not, and
* what to do.
* @returns Markdown of at most 60,000 characters
*/
function renderExplanation(report, place) {
	const sections = [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: headlineOf(report)
			}]
		},
		...ruleSections(report.decision.rules),
		...approvalSections(report),
		nextSteps(report),
		...sampleSections(findingsOf$1(report))
	];
	const marker = replyMarker(place.comment);
	return `${marker}\n${fitSections(sections, bodyLimit - marker.length - 200, "The check \"gatehouse\" of this commit has the rest.")}\n`;
}
/** Reply to `/gatehouse request`. @param asked who was asked now, @param report why nobody was when it is empty */
function renderRequested(asked, report, place) {
	if (asked.length > 0) return reply$1(place, [paragraph("Asked for a review: ", ...namesOf$1(asked).map(withAnd), ".")]);
	const { missing } = report.decision;
	if (missing.length === 0) return reply$1(place, [paragraph("No approval is missing now, so nobody can help with one.")]);
	return reply$1(place, [paragraph("Whoever can help was asked already, has looked at this commit, or cannot be asked here. Missing:"), {
		kind: "list",
		items: missing.map(({ role, count, candidates }) => [
			`${count} as `,
			{ code: role },
			": ",
			...namesOf$1(candidates)
		])
	}]);
}
const withAnd = (part) => part === " or " ? " and " : part;
/** Reply to a command about a pull request that is closed: nothing is decided about it any more. */
const renderClosed = (place) => reply$1(place, [paragraph("This pull request is closed: nothing is decided about it any more. Its comment says how it ended.")]);
/** Reply to a command about a pull request to a branch without a gate. */
const renderUngoverned = (place) => reply$1(place, [paragraph("Gatehouse does not govern ", { code: place.baseRef }, ": nothing is decided about this pull request.")]);

// core/evidence/open-envelope.ts
const content = strictObject({
	evidence: string(),
	receipt: string()
});
/**
* Opens sealed evidence with the app's own key. What is inside is not believed for that: anybody can seal to a public
* key, and the receipt is checked next.
* @param text of the envelope; pull-request controlled
* @param keys private keys of the app: the current one, and the one before it while it is being changed
* @throws InputError EVIDENCE_SEALED when it is sealed to other keys; EVIDENCE_ENVELOPE, JSON_INVALID when it is broken
* @see RFC 7518, sections 4.3 and 5.3
*/
function openEnvelope(text, keys) {
	const envelope = parseEnvelope(text);
	for (const key of keys) {
		const { id } = sealKeyOf(key);
		const own = envelope.recipients.find((recipient) => recipient.id === id);
		if (own !== void 0) return unpack(decrypt(envelope, unwrap(own.key, key)));
	}
	throw sealedToOthers(envelope);
}
function unwrap(wrapped, key) {
	try {
		return privateDecrypt({
			key,
			padding: constants$1.RSA_PKCS1_OAEP_PADDING,
			oaepHash: "sha256"
		}, wrapped);
	} catch {
		throw broken();
	}
}
function decrypt({ iv, aad, tag, ciphertext }, key) {
	try {
		const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
		decipher.setAAD(aad).setAuthTag(tag);
		return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
	} catch {
		throw broken();
	}
}
/** Spaces at the end hide how long the evidence is. */
function unpack(text) {
	const parsed = content.safeParse(parseStrictJson(text, "the inside of evidence.jwe"));
	if (!parsed.success) throw broken();
	return {
		text: parsed.data.evidence,
		token: parsed.data.receipt
	};
}
function sealedToOthers({ recipients }) {
	const ids = recipients.map(({ id }) => id).join(", ");
	return new InputError("EVIDENCE_SEALED", `The evidence is sealed to a key that this app does not hold: ${ids}`, { hint: "Write the app's own public key under evidence.seal-to of the policy (the app's log names it at its start), and run the workflow again." });
}
function broken() {
	return new InputError("EVIDENCE_ENVELOPE", "The sealed evidence does not open: it was changed after it was sealed", {
		hint: "Run the workflow again.",
		where: { file: "evidence.jwe" }
	});
}

// bot/deps.ts
/** A look sees every branch and its pushes at one moment, however often it asks; what moved meanwhile is met when it writes. */
function atOneMoment(reader) {
	return {
		...reader,
		branchHead: keepAny((branch) => reader.branchHead(branch)),
		pushes: keepAny((branch) => reader.pushes(branch)),
		moves: keepAny((branch) => reader.moves(branch))
	};
}
/**
* Sources of one look: a fresh reader, and keys that are fetched at most once.
* @param pull the pull request that is looked at, where it is about one
*/
function openSources(deps, pull) {
	let keys = null;
	return {
		reader: atOneMoment(deps.newReader(pull)),
		identity: deps.identity,
		book: deps.book,
		issuer: deps.issuer,
		keys: () => {
			keys ??= deps.fetchKeys(deps.issuer);
			return keys;
		},
		openStore: deps.openStore,
		open: (text) => openEnvelope(text, deps.keys),
		now: deps.now
	};
}

// bot/gather/governance.ts
/**
* Says whether a base branch is governed. That is said by the default branch alone; the rules come from the base.
* @throws InputError CONFIG_INVALID for a policy that cannot be read: nothing passes then
*/
async function readGovernance(reader, repository, baseRef) {
	const policy = await readDefaultPolicy(reader, repository);
	if (policy === null) return { kind: "not set up" };
	const branches = policy.branches.length > 0 ? policy.branches : [repository.defaultBranch];
	return branches.includes(baseRef) ? {
		kind: "governed",
		policy
	} : {
		kind: "other branch",
		branches
	};
}
/** Policy at the tip of the default branch; null: there is none. */
async function readDefaultPolicy(reader, repository) {
	const tip = await reader.branchHead(repository.defaultBranch);
	if (tip === null) return null;
	try {
		return await readPolicy(reader, tip);
	} catch (error) {
		if (error instanceof InputError && error.code === "POLICY_MISSING") return null;
		throw error;
	}
}

// core/registry/held-out-look.ts
/**
* Says which look a judgement is. The same result costs nothing again: a run that was started anew, another pull request
* with the same bytes, a promotion of what was judged as a proposal.
* @param state what the ledger says of the model; null: nothing
* @returns null for a judgement that read nothing off the labels
*/
function findLook(judgement, repositoryId, state) {
	if (!isLook(judgement)) return null;
	const { model, heldOut, resultDigest } = judgement;
	const facts = {
		repositoryId,
		model,
		heldOut: heldOut.labelsDigest,
		result: resultDigest
	};
	const operation = operationId(facts);
	const number = state?.looks.get(operation);
	if (number !== void 0) return {
		facts,
		number,
		counted: true,
		charged: state?.charges.get(operation)?.charged ?? null
	};
	return {
		facts,
		number: state === null ? 1 : nextLook(state, facts.heldOut),
		counted: false,
		charged: null
	};
}
/**
* What the next look on these labels is charged as: labels that several models name are worn by all of them, and whoever
* tries under many names tries as one person.
* @param states every model of the ledger
* @param actor id of the account that started the run
* @see GATE.md rule 18
*/
function nextCharge(states, heldOut, actor) {
	const looks = [...states].flatMap(({ charges }) => [...charges.values()]).filter((look) => look.heldOut === heldOut);
	return {
		labels: looks.length + 1,
		actor: looks.filter((look) => look.actor === actor).length + 1
	};
}

// bot/gather/base.ts
/** A rebase merge of more commits than GitHub lists for a pull request does not exist. */
const maxRebased = 250;
/** @param onto base commit to judge against instead of the tip: a merge group's */
async function readCommits(reader, pull, onto = null) {
	const head = pull.head.sha;
	const merge = pull.merged ? pull.mergeCommit : null;
	if (pull.merged && merge === null) throw unknownMerge(pull.number);
	const base = onto ?? (merge === null ? await tipOf(reader, pull.base.ref) : await mergedOnto(reader, pull, merge));
	return {
		base,
		mergeBase: await reader.mergeBase(base, head),
		head,
		merge
	};
}
async function tipOf(reader, branch) {
	const tip = await reader.branchHead(branch);
	if (tip !== null) return tip;
	throw new ServiceError("BASE_BRANCH_GONE", `The base branch ${branch} is not there`, { hint: "Restore the branch or change the base of the pull request." });
}
/**
* The state of the base branch just before the merge, as GitHub tells what moved the branch. Who may push makes a merge
* himself, and could name older rules, or his own, as its first parent: the pull request counts as merged all the same.
*/
async function mergedOnto(reader, pull, merge) {
	const likely = await firstOnto(reader, pull, merge);
	const told = await reader.tipBefore(pull.base.ref, merge, likely);
	if (told.kind === "not listed") throw unknownMerge(pull.number);
	return told.kind === "told" ? told.sha : likely;
}
/**
* The same where GitHub made the merge. A merge commit and a squash have it as first parent; a rebase
* copies every commit, so parents are followed while GitHub says that they belong to this pull request.
*/
async function firstOnto(reader, pull, merge) {
	const { parents } = await reader.commit(merge);
	let [base] = parents;
	for (let steps = 0; base !== void 0 && parents.length === 1 && steps < maxRebased; steps += 1) {
		if (!(await reader.pullsOfCommit(base)).includes(pull.number)) return base;
		[base] = (await reader.commit(base)).parents;
	}
	if (base !== void 0 && parents.length > 1) return base;
	throw unknownMerge(pull.number);
}
function unknownMerge(number) {
	return new ServiceError("MERGE_UNKNOWN", `What pull request ${number} was merged onto cannot be told`, { hint: "Nothing was promoted. Look again later; if it stays, propose the change again." });
}

// bot/gather/charged-person.ts
/**
* Who is charged with a look: whoever started the attempt that read it, so that a run which somebody else starts again is
* not at the cost of its author. A bot has no budget to spend: whoever has one start a run is met in the run or the pull
* request. GitHub does not name everybody.
*/
const chargedPerson = ({ triggeringActor, actor }, { author }) => [
	triggeringActor,
	actor,
	author
].find((each) => each?.kind === "User") ?? triggeringActor ?? actor ?? author;

// core/registry/barred.ts
/**
* Says why versions must not serve, or move up at all: withdrawn, trained on revoked data, or nobody can tell. Bytes are
* barred under whatever number, and data under whatever name: proposing them once more makes them no better.
* @param versions that are to move; one that the ledger does not know is refused elsewhere
*/
function barredVersions(versions, bars, state) {
	return [...new Set(versions)].sort((a, b) => a - b).flatMap((version) => [
		...withdrawal(version, bars),
		...withdrawnBytes(version, state?.versions.get(version)?.record.artifact.digest, bars, state),
		...revocations(version, state?.versions.get(version)?.record.lineage.datasets ?? [], bars)
	]);
}
/**
* The same of what is proposed.
* @param artifact digest of its bytes; null: nobody has judged them yet
*/
function barredProposal(validation, artifact, bars, state) {
	return [...withdrawnBytes(null, artifact ?? void 0, bars, state), ...revocations(null, validation?.datasets ?? [], bars)];
}
/** By the contract that revokes the data: it may have been trained on under another name. */
function revocations(version, datasets, { revoked: all }) {
	const digests = new Set(datasets.map(({ dataDigest }) => dataDigest));
	return [...all].flatMap(([name, list]) => list.some((digest) => digests.has(digest)) ? [name] : []).sort().map((dataset) => revoked(version, dataset));
}
function withdrawnBytes(version, digest, { model, withdrawn }, state) {
	if (withdrawn.kind !== "read" || digest === void 0) return [];
	const same = withdrawn.value.versions.find((each) => each.version !== version && state?.versions.get(each.version)?.record.artifact.digest === digest);
	if (same === void 0) return [];
	return [{
		kind: "withdrawn",
		version,
		path: withdrawnPath(model),
		bytesOf: same.version
	}];
}
const revoked = (version, dataset) => ({
	kind: "revoked",
	version,
	dataset,
	path: contractPath(dataset)
});
function withdrawal(version, { model, withdrawn }) {
	const path = withdrawnPath(model);
	if (withdrawn.kind === "missing") return [];
	if (withdrawn.kind === "unreadable") return [{
		kind: "unreadable",
		version,
		path,
		because: withdrawn.because
	}];
	return withdrawn.value.versions.some((each) => each.version === version) ? [{
		kind: "withdrawn",
		version,
		path
	}] : [];
}

// bot/gather/text.ts
/** What is asked for at once comes by one question. */
const parallel = 40;
const maxConfigurationBytes = 262144;
/** Reads contents some at a time: all at once, one by one, would meet GitHub's limit on concurrent requests. */
async function readBlobs(reader, blobs, maxBytes = maxConfigurationBytes) {
	const texts = /* @__PURE__ */ new Map();
	const rest = [...blobs];
	const work = async () => {
		for (let blob = rest.pop(); blob !== void 0; blob = rest.pop()) texts.set(blob, toText(await reader.blob(blob), maxBytes));
	};
	await Promise.all(Array.from({ length: parallel }, work));
	return texts;
}
/** Strict UTF-8 of at most `maxBytes`; else null. A byte order mark is kept. */
function toText(bytes, maxBytes = maxConfigurationBytes) {
	if (bytes.byteLength > maxBytes) return null;
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch {
		return null;
	}
}

// bot/gather/emergency.ts
/** What a decision needs besides about emergencies and about versions that must not serve; absent keys: nothing of it. */
async function readEmergency(source, scope) {
	const files = await readFiles$1(source.reader, scope);
	const barred = readBarred(scope);
	const stored = await readStored(source, scope, files.asked.length > 0);
	const facts = toFacts$1(files, scope);
	return {
		...barred.length === 0 ? {} : { barred },
		...stored.length === 0 ? {} : { stored },
		...facts === null ? {} : { breakGlass: facts }
	};
}
/** What the pull request adds: read at its head, since it is about this pull request alone. */
async function readFiles$1(reader, { proposal: { trees } }) {
	const changed = diffTrees(trees.mergeBase, trees.head).filter(({ path }) => isEmergencyFile(path));
	const blobs = changed.flatMap(({ after }) => after ?? []);
	if (blobs.length === 0) return {
		asked: [],
		reviews: []
	};
	const texts = await readBlobs(reader, [...new Set(blobs)]);
	return readEmergencyFiles(changed, (path) => texts.get(trees.head.get(path)?.blob ?? "") ?? null);
}
function toFacts$1({ asked, reviews }, { states, now }) {
	const uses = usesBefore(states.values(), now);
	const [ask] = asked;
	if (ask === void 0 && reviews.length === 0 && uses.length === 0) return null;
	return {
		...ask === void 0 ? {} : { asked: toAsk(ask) },
		...reviews.length === 0 ? {} : { reviews: reviews.map(toReview) },
		uses
	};
}
/** No text of people gets into the chain: a digest stands for it, the words stay in the pull request. */
function toAsk({ reason, ...ask }) {
	return {
		...ask,
		reason: digestBytes(reason)
	};
}
const toReview = ({ name, model, pullRequest, found }) => ({
	name,
	model,
	pullRequest,
	digest: digestBytes(found)
});
function readBarred({ proposal, change, rules, evidence, state }) {
	const { model } = change;
	if (model === null) return [];
	const bars = {
		model,
		withdrawn: rules.declared?.withdrawn ?? { kind: "missing" },
		revoked: new Map([...proposal.catalogue.datasets].map(([name, { config }]) => [name, config.revoked ?? []]))
	};
	const up = change.moves.flatMap((move) => move.kind === "stage" && [
		"staging",
		"candidate",
		"production"
	].includes(move.to) ? [move.version] : []);
	const { validation, judgement } = evidence;
	const artifact = judgement?.evidence.artifact.digest ?? null;
	return [...change.proposal ? barredProposal(validation?.evidence ?? null, artifact, bars, state) : [], ...barredVersions(up, bars, state)];
}
/** Bytes that no judge reads for this pull request: those of a rollback, and of an emergency. */
async function readStored(source, { change, state }, isAsked) {
	const versions = change.moves.flatMap((move) => move.kind === "stage" && move.to === "production" && (move.rollback || isAsked) ? [move.version] : []);
	const found = [];
	for (const version of [...new Set(versions)].sort((a, b) => a - b)) {
		const digest = state?.versions.get(version)?.record.artifact.digest;
		if (digest === void 0) continue;
		found.push({
			version,
			present: await (await source.openStore()).has(digest)
		});
	}
	return found;
}
/** Which versions were withdrawn is stored by itself, without the words of people. */
const asStored = ({ withdrawn: _, ...declared }) => declared;

// core/registry/standing-result.ts
/**
* Which of several judgements of one content stands. The same question (same bytes, rows, labels, rules and champions) is
* answered once: the first answer that was counted stays, so that nobody runs the judge again until it is lucky.
* A judgement that came to no verdict answers nothing, and a gate on what was measured (latency) is asked anew each time.
* @param judgements of the same content, newest first; all of them believed
* @param state what the ledger says of the model; null: nothing
* @see GATE.md rule 18; Dwork et al., "The reusable holdout", Science 349 (2015)
*/
function standingResult(judgements, repositoryId, state) {
	const [newest] = judgements;
	if (newest === void 0) return null;
	const question = questionOf(newest.evidence);
	return judgements.flatMap((each) => {
		const { evidence } = each;
		if (evidence.verdict === "not evaluated" || questionOf(evidence) !== question) return [];
		const look = findLook(evidence, repositoryId, state);
		return look?.counted === true ? [{
			each,
			number: look.number
		}] : [];
	}).sort((a, b) => a.number - b.number)[0]?.each ?? newest;
}
/** Two judgements with the same question differ by chance alone. */
const isSameQuestion = (one, other) => questionOf(one) === questionOf(other);
function questionOf({ origin, artifact, version, heldOut, rulesDigest, champions, comparisons }) {
	return canonicalJson({
		content: origin.contentDigest,
		artifact: artifact.digest,
		version,
		heldOut,
		rulesDigest,
		champions,
		measured: comparisons.map(({ against, metrics, gates }) => {
			const measured = new Set(metrics.filter(({ grade }) => grade !== "judged").map(({ metric }) => metric));
			return {
				against,
				gates: gates.filter(({ metric }) => measured.has(metric)).map(({ result }) => result)
			};
		})
	});
}

// core/evidence/disagreement.ts
const rerun$1 = "Run the workflow again on the newest commit.";
/** A finding for each bound value on which evidence and app disagree. Values are compared as canonical JSON. */
function disagreements$1(values) {
	return values.filter(({ said, found }) => textOf(said) !== textOf(found)).map(({ check, what, said, found, fix }) => refusal$1(check, `The evidence says another ${what}: ${show(said)}; found: ${show(found)}`, {
		found: show(said),
		allowed: show(found),
		fix
	}));
}
function refusal$1(check, message, more) {
	return {
		code: `receipt/${check}`,
		severity: "fail",
		message,
		...more
	};
}
function textOf(value) {
	try {
		return canonicalJson(value);
	} catch {
		return Symbol("no canonical form");
	}
}
const show = (value) => {
	if (value === null || value === void 0) return "none";
	const text = typeof value === "object" ? JSON.stringify(value) : String(value);
	return text.length > 120 ? `${text.slice(0, 119)}…` : text;
};

// core/evidence/metric-check.ts
/**
* Every number of a judgement is finite and has the grade that its metric has by nature: measured is what only an action
* beside the team's code can tell, judged is all else. A champion's side is there whole or not at all.
* @param declared metrics and scorers of the team's own, with their directions
*/
function checkMetrics({ comparisons }, declared) {
	return comparisons.flatMap(({ against, metrics }) => metrics.flatMap((metric) => {
		const because = faultOf(metric, against) ?? directionFault(metric, declared);
		return because === null ? [] : [refusal$1("metric", `The metric ${nameOf$2(metric)} is not believed: ${because}`, { fix: rerun$1 })];
	}));
}
const nameOf$2 = ({ metric, slice, set }) => `${metric}${slice === null ? "" : ` on ${slice}`}${set === "held-out" ? "" : ` on ${set} rows`}`;
function faultOf(metric, against) {
	const { challenger, challengerInterval, champion, difference, differenceInterval } = metric;
	const { standardError, pWorse, pBetter } = metric;
	const numbers = [
		challenger,
		champion,
		difference,
		standardError,
		pWorse,
		pBetter
	];
	if (!Number.isFinite(challenger)) return "its value is not a finite number";
	if ([
		...numbers,
		...challengerInterval ?? [],
		...differenceInterval ?? []
	].some((value) => value !== null && !Number.isFinite(value))) return "it has a number that is not finite";
	const grade = isMeasured(metric.metric) ? "measured" : "judged";
	if (metric.grade !== grade) return `it is ${metric.grade}, not ${grade}`;
	const compared = champion !== null && difference !== null;
	const empty = [
		champion,
		difference,
		differenceInterval,
		standardError,
		pWorse,
		pBetter
	].every((value) => value === null);
	if (against === null && !empty) return "it has a champion where none was compared";
	if (against !== null && !compared && !empty) return "it has no champion to compare with";
	return null;
}
/** A gate reads from the result which side is better: turned, a loss would be a gain. */
function directionFault({ metric, higherIsBetter }, { metrics = [], scorers = [] }) {
	const own = metrics.find(({ name }) => name === metric) ?? scorers.find(({ name }) => metric === `score:${name}`);
	const known = directionOf(metric);
	const higher = own?.higherIsBetter ?? (known === null ? null : known === "higher");
	if (higher === null || higher === higherIsBetter) return null;
	return `it says that ${higherIsBetter ? "higher" : "lower"} values are better`;
}

// core/evidence/origin-check.ts
/** Where the evidence says that it comes from, against where the app knows that it comes from. */
function checkOrigin(origin, facts) {
	return [
		...facts.governed ? [] : [ungoverned(facts.baseRef)],
		...disagreements$1([
			bind$2("repository-id", "repository id", origin.repositoryId, facts.repositoryId),
			bind$2("repository", "repository", origin.repository, facts.repository),
			bind$2("pull-request", "pull request", origin.pullRequest, facts.pullRequest),
			bind$2("head", "head commit", origin.headSha, facts.headSha),
			bind$2("base-ref", "base branch", origin.baseRef, facts.baseRef),
			bind$2("run", "run", origin.runId, facts.run.id),
			bind$2("content", "content", origin.contentDigest, facts.contentDigest)
		]),
		...facts.baseShas.includes(origin.baseSha) ? [] : [otherBase(origin, facts)],
		...origin.runAttempt === facts.run.latestAttempt ? [] : [otherAttempt(origin, facts)]
	];
}
const bind$2 = (check, what, said, found) => ({
	check,
	what,
	said,
	found,
	fix: rerun$1
});
const ungoverned = (baseRef) => refusal$1("base-not-governed", `The base branch ${baseRef} is not governed by Gatehouse`, { fix: "Open the pull request against a governed branch, or let governors add this one to .github/gatehouse.yml." });
const otherBase = (origin, facts) => refusal$1("base-commit", `The evidence was made against base commit ${origin.baseSha}, which does not govern`, {
	found: origin.baseSha,
	allowed: facts.baseShas.join(", ") || "none",
	fix: "Update the branch and run the workflow again, so that the rules of the base branch now apply."
});
const otherAttempt = (origin, facts) => refusal$1("attempt", `The evidence is of attempt ${origin.runAttempt}; the latest is ${facts.run.latestAttempt}`, {
	found: String(origin.runAttempt),
	allowed: String(facts.run.latestAttempt),
	fix: "Only the latest attempt counts: wait for it, or run all jobs again."
});

// core/evidence/judgement-check.ts
/**
* Compares every bound value of a judgement with what the app found by itself, and computes gates, verdict and result
* digest again from the metrics.
* @returns a finding for each disagreement; empty: everything that can be derived again agrees
*/
function checkJudgement(evidence, facts) {
	const broken = checkMetrics(evidence, facts.model);
	return [
		...checkOrigin(evidence.origin, facts),
		...disagreements$1(boundValues(evidence, facts)),
		...checkChampions(evidence, facts),
		...checkArtifact(evidence, facts),
		...isIncomplete(evidence) ? [] : checkRows(evidence, facts),
		...checkComparisons(evidence, facts),
		...broken.length > 0 ? broken : disagreements$1(recomputedValues(evidence, facts))
	];
}
/**
* A judge that could not evaluate says so: labels, a champion or rows are then missing, which is no lie. What it says
* can be no pass: the verdict is computed again from gates and findings, and so is the decision.
*/
function isIncomplete({ verdict, findings }) {
	return verdict === "not evaluated" || findings.some(isFailure);
}
function boundValues(evidence, facts) {
	const { featuresDigest, labelsDigest } = evidence.heldOut;
	return [
		bind$1("model", "model", evidence.model, facts.model.model),
		bind$1("version", "version", evidence.version, facts.version),
		bind$1("artifact", "artifact", evidence.artifact.digest, facts.artifact.digest),
		bind$1("rules", "set of rules", evidence.rulesDigest, facts.rulesDigest),
		bind$1("held-out-features", "held-out feature set", featuresDigest, facts.heldOut.featuresDigest),
		bind$1("held-out-labels", "held-out label set", labelsDigest, facts.heldOut.labelsDigest)
	];
}
function recomputedValues(evidence, facts) {
	const { artifact, heldOut, comparisons } = evidence;
	const gates = applicableGates(facts.model, facts.policy.defaults);
	const minimumRows = facts.policy.defaults.minimumRows;
	return [
		...comparisons.map(({ against, metrics, gates: said }) => {
			const name = against === null ? "without champion" : `against v${against}`;
			const found = evaluateGates(metrics, gates, {
				against,
				rows: heldOut.rows,
				minimumRows
			});
			return bind$1("gates", `outcome of gates ${name}`, said, found);
		}),
		bind$1("result", "result digest", evidence.resultDigest, resultDigest({
			artifactDigest: artifact.digest,
			heldOut,
			comparisons
		})),
		bind$1("verdict", "verdict", evidence.verdict, judgementVerdict(comparisons, evidence.findings))
	];
}
/** Said by name, since this is what people meet when another promotion was recorded first. */
function checkChampions(evidence, facts) {
	const [said, found] = [sorted(evidence.champions), sorted(facts.champions)];
	const [other] = disagreements$1([bind$1("champions", "list of champions", said, found, championFix)]);
	if (other === void 0) return [];
	const [before, now] = [championsInWords(said), championsInWords(found)];
	const isSaidAlike = before === now;
	const message = isSaidAlike ? `It was compared with other bytes than those of the champions now: ${now}` : `It was compared with ${before}; ${now === noChampion ? "nothing" : now} ${found.length > 1 ? "serve" : "serves"} now`;
	return [isSaidAlike ? {
		...other,
		message
	} : {
		...other,
		message,
		found: before,
		allowed: now
	}];
}
const noChampion = "no champion";
const championsInWords = (champions) => champions.map(({ version, endpoint }) => `v${version} at ${endpoint}`).join(", ") || noChampion;
function checkArtifact(evidence, facts) {
	const { artifactId } = evidence;
	const proposal = facts.version === null;
	if (proposal ? artifactId !== null && facts.artifact.ids.includes(artifactId) : artifactId === null) return [];
	const said = artifactId === null ? "no artifact of a run" : `artifact ${artifactId}`;
	const fix = proposal ? "Pass the artifact id that the train job of this very run gave." : "A promotion is judged from stored bytes: leave artifact-id empty.";
	return [refusal$1("artifact-id", `It was judged on ${said}, which is none of run ${facts.run.id}`, {
		found: said,
		fix
	})];
}
function checkRows({ heldOut }, facts) {
	const minimum = facts.policy.defaults.minimumRows;
	if (Number.isInteger(heldOut.rows) && heldOut.rows >= minimum) return [];
	return [refusal$1("rows", `${heldOut.rows} held-out rows are fewer than the ${minimum} that the policy asks for`, {
		found: String(heldOut.rows),
		allowed: `at least ${minimum}`,
		fix: "Use a held-out set with more rows."
	})];
}
/** Every champion that would be replaced was compared with, and nothing that serves nowhere was. */
function checkComparisons(evidence, facts) {
	const compared = evidence.comparisons.map((comparison) => comparison.against);
	const serving = facts.champions.map((champion) => champion.version);
	const missing = (isIncomplete(evidence) ? [] : requiredComparisons(facts.moves, facts.champions)).filter((against) => against === null ? compared.length === 0 : !compared.includes(against));
	const strange = compared.filter((against) => against !== null && !serving.includes(against));
	const predicted = compared.filter((against) => against !== null && !hasPredictions(evidence, against));
	return [
		...missing.map((against) => refusal$1("comparison", `There is no comparison with ${nameOf$1(against)}, which this meets`, { fix: championFix })),
		...strange.map((against) => refusal$1("comparison", `It was compared with ${nameOf$1(against)}, which serves nowhere now`, { fix: championFix })),
		...predicted.map((against) => refusal$1("predictions", `The comparison with ${nameOf$1(against)} names no predictions of it`, { fix: rerun$1 }))
	];
}
const hasPredictions = (evidence, against) => Object.hasOwn(evidence.predictions.champions, String(against));
const nameOf$1 = (against) => against === null ? "no champion" : `v${against}`;
const championFix = "Run the workflow again: it compares with the champions that serve now.";
const sorted = (champions) => champions.map(({ endpoint, version, artifactDigest }) => ({
	endpoint,
	version,
	artifactDigest
})).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1);
const bind$1 = (check, what, said, found, fix = rerun$1) => ({
	check,
	what,
	said,
	found,
	fix
});

// core/evidence/receipt.ts
/** Clocks of GitHub's own services may differ by this much. */
const leewaySeconds = 60;
/** GitHub's tokens live minutes; one that says it lives longer is not one of them. */
const maximumLifetimeSeconds = 3600;
/**
* Verifies that the trusted workflow, in the run that we know, put its name under exactly this evidence.
* Purely offline and without a clock: the token has long expired when the app looks, so its time of issue must lie
* within the run.
* @returns the claims, or the finding that says which one is wrong
*/
function verifyReceipt(sealed, keys, expected) {
	const payload = verifyJws(sealed.token, keys);
	if (typeof payload === "string") return refuse$1("signature", `The receipt is not believed: ${payload}`);
	const texts = checkTexts(payload, sealed, expected);
	if (texts !== null) return texts;
	return checkTimes(payload, expected) ?? { claims: toClaims(payload) };
}
function checkTexts(payload, sealed, expected) {
	const { run, workflow } = expected;
	const hosted = expected.judgeRunner === "github-hosted" ? "github-hosted" : "self-hosted";
	const origin = [
		{
			claim: "iss",
			what: "issuer",
			allowed: [expected.issuer]
		},
		{
			claim: "aud",
			what: "audience",
			allowed: [`gatehouse:${digestBytes(sealed.text)}`]
		},
		{
			claim: "repository_id",
			what: "repository",
			allowed: [String(expected.repositoryId)]
		}
	];
	const rest = [
		{
			claim: "job_workflow_sha",
			what: "workflow commit",
			allowed: workflow.shas
		},
		{
			claim: "event_name",
			what: "event",
			allowed: expected.events.filter((event) => event === run.event)
		},
		...expected.ref === void 0 ? [] : [{
			claim: "ref",
			what: "branch",
			allowed: [expected.ref]
		}],
		{
			claim: "run_id",
			what: "run",
			allowed: [String(run.id)]
		},
		{
			claim: "run_attempt",
			what: "run attempt",
			allowed: [String(run.attempt)]
		},
		{
			claim: "runner_environment",
			what: "runner",
			allowed: [hosted]
		}
	];
	return checkExact(payload, origin) ?? checkSigner(payload, workflow.path) ?? checkExact(payload, rest);
}
function checkExact(payload, rules) {
	for (const rule of rules) {
		const found = payload.get(rule.claim);
		if (typeof found !== "string" || !rule.allowed.includes(found)) return wrong(rule, found);
	}
	return null;
}
function checkSigner(payload, path) {
	const ref = payload.get("job_workflow_ref");
	if (isRefOf(ref, path)) return null;
	return wrong({
		claim: "job_workflow_ref",
		what: "workflow",
		allowed: [`${path}@…`]
	}, ref);
}
/** The path must be the whole text before `@`; what follows is a ref or a commit, whose sha is checked by itself. */
function isRefOf(found, path) {
	if (typeof found !== "string" || !found.startsWith(`${path}@`)) return false;
	return /^(?:refs\/[^\s]+|[0-9a-f]{40})$/.test(found.slice(path.length + 1));
}
function checkTimes(payload, { run }) {
	const [iat, exp, nbf] = [
		"iat",
		"exp",
		"nbf"
	].map((claim) => payload.get(claim));
	if (!isSeconds(iat) || !isSeconds(exp)) return refuse$1("time", "The receipt has no readable times");
	if (!(exp > iat && exp - iat <= maximumLifetimeSeconds)) return refuse$1("time", `The receipt says that it lives ${exp - iat} seconds`);
	if (nbf !== void 0 && !(isSeconds(nbf) && nbf <= iat)) return refuse$1("time", "The receipt was not valid yet when it was issued");
	const [started, updated] = [parseInstant(run.startedAt), parseInstant(run.updatedAt)];
	if (started === null || updated === null) return refuse$1("time", "The times of the run could not be read");
	if (iat * 1e3 >= started - leewaySeconds * 1e3 && iat * 1e3 <= updated + leewaySeconds * 1e3) return null;
	return refuse$1("time", `The receipt was issued outside run ${run.id}`, {
		found: `second ${iat} since 1970`,
		allowed: `${run.startedAt} to ${run.updatedAt}`
	});
}
const isSeconds = (value) => Number.isSafeInteger(value) && Number(value) > 0;
function toClaims(payload) {
	const text = (claim) => String(payload.get(claim));
	return {
		issuer: text("iss"),
		audience: text("aud"),
		repositoryId: text("repository_id"),
		workflowRef: text("job_workflow_ref"),
		workflowSha: text("job_workflow_sha"),
		event: text("event_name"),
		runId: text("run_id"),
		runAttempt: text("run_attempt"),
		runnerEnvironment: text("runner_environment"),
		issuedAt: Number(payload.get("iat")),
		expiresAt: Number(payload.get("exp"))
	};
}
function wrong({ what, claim, allowed }, found) {
	const said = typeof found === "string" ? found : found === void 0 ? "nothing" : "something else than text";
	const fix = fixes.get(claim) ?? rerun;
	const display = allowed.join(", ") || "none";
	return {
		...refuse$1(what.replaceAll(" ", "-"), `The receipt names another ${what}${short(said, display)}`, {
			found: said,
			allowed: display
		}),
		fix
	};
}
/** Long values stand in the columns for what was found and what is allowed. */
function short(said, display) {
	return said.length + display.length > 50 ? "" : `: ${said}, not ${display}`;
}
const rerun = "Run the workflow again on the newest commit; if it stays, ask a governor to compare the policy with the run.";
const fixes = /* @__PURE__ */ new Map([
	["aud", "The evidence was changed after it was signed, or belongs to another receipt: run the workflow again."],
	["run_attempt", "Only the latest attempt counts: look at that one, or run all jobs again."],
	["job_workflow_sha", "Call the trusted workflow at a commit that trusted.shas in .github/gatehouse.yml lists; a governor adds one."],
	["job_workflow_ref", "Call the trusted workflow itself; a copy, or a job of your own, cannot sign for it."],
	["runner_environment", "Let the judge run where judge-runner in .github/gatehouse.yml says."]
]);
function refuse$1(check, message, more = {}) {
	return {
		code: `receipt/${check}`,
		severity: "fail",
		message,
		...more,
		fix: rerun
	};
}

// core/evidence/validation-check.ts
/**
* Compares every bound value of a validation with what the app found by itself.
* @returns a finding for each disagreement; empty: everything that can be derived again agrees
*/
function checkValidation(evidence, facts) {
	return [
		...checkOrigin(evidence.origin, facts),
		...disagreements$1([{
			check: "datasets",
			what: "list of datasets",
			said: evidence.datasets.map(keyOf$3).sort(),
			found: facts.datasets.map(keyOf$3).sort(),
			fix: rerun$1
		}]),
		...evidence.datasets.flatMap((dataset) => {
			const fact = facts.datasets.find((each) => keyOf$3(each) === keyOf$3(dataset));
			return fact ? checkDataset(dataset, fact) : [];
		})
	];
}
const keyOf$3 = ({ dataset, contractFrom }) => `${dataset} by the contract of ${contractFrom}`;
function checkDataset(said, fact) {
	const bind = (check, what, one, other) => ({
		check,
		what: `${what} of ${said.dataset}`,
		said: one,
		found: other,
		fix: rerun$1
	});
	return [...disagreements$1([
		bind("contract-path", "contract path", said.contractPath, fact.contractPath),
		bind("contract", "contract", said.contractDigest, fact.contractDigest),
		bind("inherited", "contracts that it inherits from", said.inherited, fact.inherited),
		bind("files", "list of files", said.files, fact.files),
		bind("record", "stored dataset record", said.record, fact.record),
		bind("data", "data digest", said.dataDigest, fact.dataDigest),
		bind("data", "data digest", said.dataDigest, digestOf(said.files))
	]), ...checkVerdict(said)];
}
/** A verdict that its own findings or row count contradict was edited, or made by something that is not our validator. */
function checkVerdict({ dataset, verdict, findings, rows, record }) {
	const failures = findings.filter(isFailure).length;
	if (verdict === "pass" ? failures === 0 && rows !== null && record !== null : failures > 0) return [];
	return [refusal$1("verdict", `The verdict on ${dataset} is ${verdict}, which its ${failures} failures contradict`, {
		found: verdict,
		fix: rerun$1
	})];
}

// bot/gather/evidence-facts.ts
/** Where evidence of this run must come from, from GitHub alone. */
async function readOriginFacts(reader, scope, run, evidence) {
	const { proposal, change, pullRequest } = scope;
	const { base, baseRef } = proposal.commits;
	return {
		repositoryId: proposal.repository.id,
		repository: proposal.repository.fullName,
		pullRequest,
		headSha: run.headSha,
		baseRef,
		baseShas: await readBases(reader, base, evidence.origin.baseSha),
		governed: true,
		run: {
			id: run.id,
			latestAttempt: run.attempt
		},
		contentDigest: change.contentDigest
	};
}
/** Base moves while a run works. An earlier commit of it is as good: content and rules are compared by digest. */
async function readBases(reader, base, said) {
	if (said === base) return [base];
	try {
		return await reader.mergeBase(said, base) === said ? [base, said] : [base];
	} catch (error) {
		const status = error instanceof ServiceError ? statusOf(error.cause) : null;
		if (status !== 404 && status !== 422) throw error;
		return [base];
	}
}
async function readValidationFacts(reader, scope, origin, evidence) {
	const datasets = [];
	for (const side of await readContracts(reader, scope)) {
		const files = await readFiles(reader, scope, side.contract);
		const { dataset } = side.contract;
		datasets.push({
			dataset,
			contractPath: contractPath(dataset),
			contractDigest: digestBytes(side.text),
			contractFrom: side.from,
			inherited: inheritedContracts(side.contract, scope.proposal.catalogue),
			files,
			dataDigest: digestDataset(files),
			record: await findRecord(scope, evidence, dataset, side.from)
		});
	}
	return {
		...origin,
		datasets
	};
}
/** The record that the evidence names, if its bytes are there: the next data is compared with it when this data is gone. */
async function findRecord(scope, evidence, dataset, from) {
	const said = evidence.datasets.find((each) => each.dataset === dataset && each.contractFrom === from);
	if (said === void 0 || said.record === null) return null;
	return await (await scope.openStore()).has(said.record) ? said.record : null;
}
/** The governing contract of every dataset, and head's besides where the pull request changes it. */
async function readContracts(reader, scope) {
	const { proposal, change, rules } = scope;
	const sides = rules.contracts.map(({ config, text, from }) => ({
		contract: config,
		text,
		from
	}));
	for (const { path, from } of rules.contracts) {
		if (from === "head" || !change.configuration.includes(path)) continue;
		const bytes = await reader.file(path, proposal.commits.head);
		const text = bytes === null ? null : toText(bytes);
		if (text !== null) sides.push({
			contract: parseContract(text, path),
			text,
			from: "head"
		});
	}
	return sides;
}
async function readFiles(reader, { proposal }, contract) {
	const { files } = resolveFiles(contract, proposal.trees.head, () => ({ file: contractPath(contract.dataset) }));
	const facts = [];
	for (const file of files) try {
		facts.push((await readFacts$1(file, ({ blob }) => reader.blob(blob))).fact);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
	}
	return facts;
}
/** @throws InputError JUDGE_HELD_OUT_MISSING, and when there is no model to judge */
async function readJudgementFacts(reader, scope, origin, evidence) {
	const { proposal, change, rules } = scope;
	const { model } = rules;
	if (model === null) throw noModel();
	const { heldOut } = model.config;
	const features = await reader.file(heldOut.features, proposal.commits[model.from]);
	const version = judgedVersion(change);
	return {
		...origin,
		moves: change.moves,
		model: model.config,
		policy: proposal.policy,
		version,
		artifact: await readArtifactFacts(reader, scope, origin.run.id, version, evidence),
		rulesDigest: rules.digest,
		champions: championsOf(scope.state ?? emptyState(model.config.model)),
		heldOut: {
			featuresDigest: digestFeatures(heldOut.features, features),
			labelsDigest: `sha256:${heldOut.labels.sha256}`
		}
	};
}
async function readArtifactFacts(reader, scope, runId, version, evidence) {
	if (version !== null) return {
		ids: [],
		digest: (scope.state?.versions.get(version)?.record)?.artifact.digest ?? null
	};
	const ids = (await reader.artifacts(runId)).map(({ id }) => id);
	const store = await scope.openStore();
	const { digest } = evidence.artifact;
	return {
		ids,
		digest: await store.has(digest) ? digest : null
	};
}
function judgedVersion(change) {
	const [move] = change.moves.filter(needsJudgement);
	return move?.kind === "stage" ? move.version : null;
}
function noModel() {
	return new InputError("JUDGE_MODEL", "There is a judgement, but this pull request is about no model", { hint: "Call the judge only when the output \"judge\" of the validation job is true." });
}

// bot/gather/believe.ts
/** Checks signature and every bound value of one candidate. */
async function believe$1(source, scope, candidate) {
	const signed = await readSigned(source, scope, candidate);
	if ("finding" in signed) return {
		look: null,
		refused: signed
	};
	const look = lookOf$1(signed, scope);
	const { kind } = signed.evidence;
	try {
		const [finding] = await disagreements(source.reader, scope, signed.run, signed.evidence);
		return finding === void 0 ? {
			look,
			believed: signed
		} : {
			look,
			refused: {
				kind,
				finding
			}
		};
	} catch (error) {
		return {
			look,
			refused: refusal(kind, error)
		};
	}
}
/** The same for evidence of other content: nothing is decided by it, and it may be a look all the same. */
async function readLook(source, scope, candidate) {
	const signed = await readSigned(source, scope, candidate);
	return "finding" in signed ? null : lookOf$1(signed, scope);
}
/** Evidence that the trusted workflow signed in this run. */
async function readSigned(source, scope, candidate) {
	if (candidate.kind === "refused") return {
		kind: null,
		finding: candidate.finding
	};
	if (candidate.kind === "closed") throw new TypeError("whoever believes evidence opens it");
	const { sealed, enveloped } = candidate;
	let kind = null;
	try {
		const evidence = parseEvidence(sealed.text);
		kind = evidence.kind;
		const run = await readItsAttempt(source.reader, candidate.run, evidence);
		const keys = await source.keys();
		const receipt = verifyReceipt(sealed, keys, expectations(source, scope, run, kind));
		if (!("claims" in receipt)) return {
			kind,
			finding: receipt
		};
		return {
			evidence,
			sealed,
			key: keyOf$2(sealed, keys),
			run,
			enveloped
		};
	} catch (error) {
		return refusal(kind, error);
	}
}
/** What is wrong with the evidence is a finding; GitHub or the store not answering is not. */
function refusal(kind, error) {
	if (!(error instanceof InputError)) throw error;
	return {
		kind,
		finding: findingsOf("evidence", error)[0]
	};
}
/** Only of a model that somebody declared: a name that nobody knows gets no stream in the ledger. */
function lookOf$1(believed, { proposal, pullRequest }) {
	const { evidence, run } = believed;
	if (evidence.kind !== "judgement" || !proposal.catalogue.models.has(evidence.model)) return null;
	const own = {
		repositoryId: proposal.repository.id,
		pullRequest,
		headSha: run.headSha
	};
	return isLookOf(evidence, own) ? {
		...believed,
		evidence
	} : null;
}
/**
* Jobs that ended well are not run again with those that failed: their evidence is of the attempt in which they ran, and
* is held against that attempt as GitHub tells of it. Newer evidence of its kind goes before it.
*/
async function readItsAttempt(reader, run, { origin }) {
	if (!(origin.runId === run.id && origin.runAttempt < run.attempt)) return run;
	return await reader.runAttempt(run.id, origin.runAttempt) ?? run;
}
function expectations({ issuer }, { proposal }, run, kind) {
	const { policy, repository } = proposal;
	return {
		issuer,
		repositoryId: repository.id,
		workflow: kind === "validation" ? policy.trusted.validate : policy.trusted.judge,
		events: ["pull_request"],
		run,
		judgeRunner: policy.judgeRunner
	};
}
async function disagreements(reader, scope, run, evidence) {
	const origin = await readOriginFacts(reader, scope, run, evidence);
	if (evidence.kind === "validation") return checkValidation(evidence, await readValidationFacts(reader, scope, origin, evidence));
	return checkJudgement(evidence, await readJudgementFacts(reader, scope, origin, evidence));
}
/** The receipt verified, so its header names exactly one key. */
function keyOf$2({ token }, keys) {
	const header = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8"));
	const key = keys.find(({ kid }) => typeof header === "object" && header !== null && "kid" in header && kid === header.kid);
	if (key === void 0) throw new InputError("RECEIPT_KEY", "The key of a verified receipt is gone", { hint: "Look again." });
	return key;
}

// bot/gather/earlier-heads.ts
/** Earlier heads whose judgements are looked at: each costs three calls. */
const maxHeads$1 = 5;
/**
* What earlier heads of a pull request left: the trainings that they tried, to be shown, and looks at held-out labels, to
* be counted. A head that was replaced before the app looked is met here, a force-push included where GitHub tells of it.
*/
async function readEarlier(source, scope, { judgement, earlier, running, runsOf, candidatesOf }) {
	const tried = judgement === null ? [] : [judgement.evidence.claimed];
	const looks = [];
	if (judgement === null && running) return {
		tried,
		looks
	};
	for (const sha of (await headsOf(source, scope, earlier)).slice(0, maxHeads$1)) for (const run of await runsOf(sha)) for (const candidate of await candidatesOf(run)) {
		const look = await readLook(source, scope, candidate);
		if (look !== null) looks.push(look);
		const claimed = judgement === null ? null : claimedBy(candidate, judgement.evidence.model);
		if (claimed !== null && !tried.some(({ runId }) => runId === claimed.runId)) tried.push(claimed);
	}
	return {
		tried,
		looks
	};
}
/** Commits that a force-push took out of the pull request were judged all the same: the list of pushes knows them. */
async function headsOf({ reader }, { proposal, headRef }, earlier) {
	const pushed = ((headRef === null ? null : await reader.pushes(headRef)) ?? []).map(({ after }) => after).filter((sha) => !/^0+$/.test(sha));
	return [.../* @__PURE__ */ new Set([...pushed, ...earlier])].filter((sha) => sha !== proposal.commits.head);
}
/** What a training job says about itself; no receipt is asked for, since nothing is decided by it. */
function claimedBy(candidate, model) {
	if (candidate.kind !== "sealed") return null;
	try {
		const evidence = parseEvidence(candidate.sealed.text);
		return evidence.kind === "judgement" && evidence.claimed.model === model && evidence.claimed.runId === candidate.run.id ? evidence.claimed : null;
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return null;
	}
}

// bot/gather/evidence.ts
/** Nobody needs evidence of more heads than these to be carried over. */
const maxHeads = 50;
/** Runs of one head whose judgements are compared: a head that is judged more often goes on with the newest of them. */
const maxRuns = 10;
/**
* Finds the evidence of a pull request: the newest of each kind that verifies, and of judgements that answer one question
* the one that was counted first. Evidence belongs to the content, so that of an earlier head with the same content
* counts as well (GATE.md rule 4).
* @param commits of the pull request, oldest first
*/
async function readEvidence(source, scope, commits) {
	const { head } = scope.proposal.commits;
	const found = {
		validation: null,
		judgements: [],
		looks: [],
		refusals: []
	};
	const shelf = keepWhatIsRead(source, scope);
	const runs = await shelf.runsOf(head);
	for (const [at, run] of runs.entries()) {
		if (found.validation !== null && found.judgements.length > 0 && at >= maxRuns) break;
		await readRun(source, scope, await shelf.candidatesOf(run), found, run.status === "completed");
	}
	const earlier = commits.filter((sha) => sha !== head).reverse();
	for (const sha of earlier.slice(0, maxHeads)) {
		if (found.validation !== null && found.judgements.length > 0) break;
		for (const run of await shelf.runsOf(sha)) await readRun(source, scope, await shelf.candidatesOf(run), found, false);
	}
	const { validation } = found;
	const judgement = standingResult(found.judgements, scope.proposal.repository.id, scope.state);
	const notes = await readNotes(source.reader, {
		validation,
		judgement
	}, runs);
	const before = await readEarlier(source, scope, {
		judgement,
		earlier,
		running: runs.some(({ status }) => status !== "completed"),
		...shelf
	});
	return {
		validation,
		judgement,
		runs,
		notes,
		looks: distinct$1([...found.looks, ...before.looks], judgement),
		refusals: stillToTell(found.refusals, {
			validation,
			judgement
		}),
		tried: before.tried
	};
}
/** An earlier head is asked for what it carries over, and again for what it tried: read once. */
function keepWhatIsRead({ reader, open }, scope) {
	const runs = /* @__PURE__ */ new Map();
	const candidates = /* @__PURE__ */ new Map();
	return {
		runsOf: (sha) => keep(runs, sha, () => readRuns(reader, scope, sha)),
		candidatesOf: (run) => keep(candidates, run.id, () => readCandidates(reader, run, open))
	};
}
function keep(kept, key, read) {
	const known = kept.get(key);
	if (known !== void 0) return known;
	const value = read();
	kept.set(key, value);
	return value;
}
/** Runs that the trusted workflows may have been part of, newest first. */
async function readRuns(reader, scope, sha) {
	const { trusted } = scope.proposal.policy;
	const all = (await reader.runsFor(sha)).filter(({ event }) => event === "pull_request");
	const calls = all.filter((run) => run.calls.some((path) => path === trusted.validate.path || path === trusted.judge.path));
	return [...calls.length > 0 ? calls : all].sort((a, b) => b.id - a.id);
}
async function readRun(source, scope, candidates, found, tell) {
	const isAnswered = found.validation !== null && found.judgements.length > 0;
	for (const candidate of candidates) {
		const outcome = await believe$1(source, scope, candidate);
		if (outcome.look !== null) found.looks.push(outcome.look);
		if ("refused" in outcome) {
			if (tell && !isAnswered) found.refusals.push(outcome.refused);
			continue;
		}
		const { evidence } = outcome.believed;
		if (evidence.kind === "validation") found.validation ??= {
			...outcome.believed,
			evidence
		};
		else found.judgements.push({
			...outcome.believed,
			evidence
		});
	}
}
/**
* Looks beside the one that stands, each result once. Another answer to its question that came sealed was seen by nobody
* and is seen by nobody: it costs nothing (GATE.md rule 18).
*/
function distinct$1(looks, standing) {
	const idOf = ({ evidence }) => [
		evidence.model,
		evidence.heldOut.labelsDigest,
		evidence.resultDigest
	].join(" ");
	const own = standing === null ? null : idOf(standing);
	const kept = looks.filter((look) => {
		if (idOf(look) === own) return false;
		return !(standing !== null && look.enveloped && isSameQuestion(look.evidence, standing.evidence));
	});
	return [...new Map(kept.map((look) => [idOf(look), look])).values()];
}
/** What was not believed stays to be told while there is nothing better of its kind; a forgery always. */
function stillToTell(refusals, { validation, judgement }) {
	return refusals.filter(({ kind, finding }) => {
		return (kind === "validation" ? validation : kind === "judgement" ? judgement : null) === null || /^(?:receipt\/(?:signature|audience)|evidence\/artifact)$/.test(finding.code);
	}).map(({ finding }) => finding);
}
const stopped = /* @__PURE__ */ new Set([
	"failure",
	"cancelled",
	"timed_out"
]);
/** Why the newest run brought no evidence. Asked only when something is missing: it costs a call for each job that stopped. */
async function readNotes(reader, found, runs) {
	const [newest] = runs;
	if (newest?.conclusion == null || !stopped.has(newest.conclusion) || found.validation !== null && found.judgement !== null) return [];
	return reader.runNotes(newest.id);
}

// bot/gather/merge-bases.ts
/**
* Refuses a pull request whose history has more than one merge base with its base branch. A comparison names one of them,
* and the merge takes all: what was changed on the way to another one can be undone by a pull request that shows no change of
* it, also one that seems to ask for nothing.
* @see https://git-scm.com/docs/git-merge-base "When the history involves criss-cross merges"
*/
async function asOneBase(reader, change, commits, number) {
	if (!await hasOtherBase(reader, commits, number)) return change;
	const about = change.kind === "request" && change.model !== null ? aboutOf(change.model, change.proposal) : {};
	return {
		kind: "refused",
		findings: [finding],
		...about
	};
}
const aboutOf = (model, proposal) => ({ about: {
	model,
	proposal
} });
/** Whatever comes to the branch from elsewhere than its first way comes by a merge of its own. */
async function hasOtherBase(reader, { base, mergeBase }, number) {
	if (mergeBase === base) return false;
	const merges = (await commitsOf(reader, number))?.filter(({ parents }) => parents.length > 1);
	if (merges === void 0) return true;
	for (const parent of new Set(merges.flatMap(({ parents }) => parents))) {
		if (parent === mergeBase) continue;
		const common = await reader.mergeBase(base, parent);
		if (common !== mergeBase && await reader.mergeBase(mergeBase, common) !== common) return true;
	}
	return false;
}
/** null: GitHub does not list so many. */
async function commitsOf(reader, number) {
	try {
		return await reader.pullCommits(number);
	} catch (error) {
		if (error instanceof InputError && error.code === "PULL_REQUEST_TOO_LARGE") return null;
		throw error;
	}
}
const finding = {
	code: "change/several-bases",
	severity: "fail",
	message: "The branch merges states of the base branch that do not contain each other, so what it changes cannot be told by a comparison",
	fix: "Update the branch: merge the base branch into it once more, as it is now."
};

// core/change/governed-change.ts
/**
* What differs between two commits of a branch and is governed: configuration, stages, and everything that a model or a
* dataset declares. Markdown that nobody declares, and whatever else lies in the repository, is nobody's gate.
* @param catalogue of both commits
*/
function governedChanges(before, after, { models, datasets }) {
	const isGoverned = (path) => isConfiguration(path) || modelOfStages(path) !== null || [...models.values()].some(({ config }) => declares(config, path)) || [...datasets.values()].some(({ config }) => holds(config, path));
	return diffTrees(before, after).filter(({ path }) => isGoverned(path));
}
/** The one model that these paths are about; null: none, or several. */
function modelOfChanges(changed, { models }) {
	const names = [...models].flatMap(([name, { config }]) => changed.some(({ path }) => declares(config, path) || modelOfStages(path) === name) ? [name] : []);
	return names.length === 1 ? names[0] ?? null : null;
}

// bot/incident/governed-read.ts
/** Reads what differs between two commits and is governed; policy and ledger are not asked. */
async function readGovernedChange(reader, before, after) {
	const [base, head] = [await reader.tree(before), await reader.tree(after)];
	const wanted = textPaths({
		mergeBase: base,
		base,
		head
	});
	const texts = await readBlobs(reader, [...new Set(wanted.map(({ blob }) => blob))]);
	const byPath = new Map(wanted.map(({ side, path, blob }) => [`${side}:${path}`, texts.get(blob) ?? null]));
	const catalogue = readCatalogue(base, head, (side, path) => byPath.get(`${side}:${path}`) ?? null);
	const changed = governedChanges(base, head, catalogue);
	return {
		changed,
		model: modelOfChanges(changed, catalogue)
	};
}

// bot/gather/merge-check.ts
/** What is asked for, unless something else was merged. An open pull request stands as it is. */
async function asMerged(reader, change, commits, pull) {
	if (commits.merge === null || change.kind === "refused") return change;
	const otherwise = change.kind === "request" ? checkMerged(change, await reader.tree(commits.merge)) : [];
	const findings = otherwise.length > 0 ? otherwise : await checkBesides(reader, pull, commits);
	if (findings.length === 0) return change;
	if (change.kind === "nothing") return {
		kind: "refused",
		findings
	};
	const { model, proposal } = change;
	return {
		kind: "refused",
		findings,
		...model === null ? {} : { about: {
			model,
			proposal
		} }
	};
}
/**
* Compares what was merged with what was judged. GitHub's own merges cannot differ, but anybody with push rights can
* make a merge commit by hand that holds something else, and GitHub then shows the pull request as merged.
* stages.yml may hold other people's moves besides: what moves is read from the pull request alone.
*/
function checkMerged(change, merged) {
	return change.contentPaths.filter(({ path }) => modelOfStages(path) === null).filter(({ path, after }) => (merged.get(path)?.blob ?? null) !== after).slice(0, 1).map(({ path }) => ({
		code: "change/merged-otherwise",
		severity: "fail",
		message: `${path} was merged with other content than was judged and approved`,
		where: { file: path },
		fix: "Propose the change again from the base branch as it is now."
	}));
}
/**
* Compares what came to the base branch with what the pull request showed. A merge that somebody made by hand can bring a
* rule of its own, and git follows files that were renamed meanwhile. What other pull requests showed that the same merge
* merged is decided with them.
*/
async function checkBesides(reader, { number, mergeCommit }, { base, mergeBase, head, merge }) {
	if (merge === null) return [];
	const shown = /* @__PURE__ */ new Set();
	const show = (changed) => changed.map(({ path }) => shown.add(path));
	show(diffTrees(await reader.tree(mergeBase), await reader.tree(head)));
	if (diffTrees(await reader.tree(base), await reader.tree(merge)).every(({ path }) => shown.has(path))) return [];
	for (const other of await reader.pullsOfCommit(merge)) {
		const pull = other === number ? null : await reader.pull(other);
		if (pull === null || !pull.merged || pull.mergeCommit !== mergeCommit) continue;
		const from = await reader.mergeBase(base, pull.head.sha);
		show(diffTrees(await reader.tree(from), await reader.tree(pull.head.sha)));
	}
	const { changed } = await readGovernedChange(reader, base, merge);
	return changed.filter(({ path }) => !shown.has(path)).slice(0, 1).map(({ path }) => ({
		code: "change/merged-besides",
		severity: "fail",
		message: `The merge changed ${path}, which the pull request did not`,
		where: { file: path },
		fix: "Take that change back, or propose it in a pull request of its own; then propose this one again."
	}));
}

// bot/gather/owners.ts
/** Who answers for the model in production, and whether they are still there; nothing where nobody asks for it. */
async function readOwners(reader, facts, model) {
	if (model === null || !needsOf(facts).includes("owners")) return {};
	const { qualityOwner, infrastructureOwner } = model;
	return { owners: {
		...qualityOwner === void 0 ? {} : { qualityOwner: await readOwner(reader, qualityOwner) },
		...infrastructureOwner === void 0 ? {} : { infrastructureOwner: await readOwner(reader, infrastructureOwner) }
	} };
}
/** An account outlives a membership: whoever left may still exist, and may not write here any more. */
async function readOwner(reader, { users, teams }) {
	const members = [];
	const absent = [];
	for (const login of users) {
		const permission = await reader.permission(login);
		(permission === "admin" || permission === "write" ? members : absent).push(login);
	}
	for (const person of teams.length === 0 ? [] : await reader.membersOf({
		users: [],
		teams
	})) members.push(person.login);
	return {
		members: [...new Set(members)].sort(),
		absent: absent.sort()
	};
}

// bot/commands/asked-branch.ts
const form = /^gatehouse\/(?:rollback|waive)-/;
const asker = /-by-(?=(\d+)-([A-Za-z0-9-]+)$)/g;
/** Branch of the pull request that somebody asked for: the same wish of the same person is one branch. */
function branchFor({ model, endpoint, from, to }, asker) {
	return `gatehouse/rollback-${model.replaceAll("/", "--")}-${endpoint}-v${from}-to-v${to}${by(asker)}`;
}
/** Branch of the waiver that somebody asked for. @param name of the waiver */
const waiverBranch = (name, asker) => `gatehouse/waive-${name}${by(asker)}`;
const by = ({ id, login }) => `-by-${id}-${login.replaceAll(/[^A-Za-z0-9-]/g, "-")}`;
/**
* Who may have asked for the pull request of a branch; none: it is none of these. Only the ids are compared. A login may read
* like the end of another branch (`eve-by-7-x`), and so may a model: whoever the name may mean is meant.
*/
const askersOf = (branch) => form.test(branch) ? [...branch.matchAll(asker)].map(([, id, login = ""]) => ({
	id: Number(id),
	login,
	kind: "User"
})) : [];

// bot/gather/co-author.ts
const trailer = /^co-authored-by:[ \t]*[^<\n]*<([^<>\s]+)>[ \t]*$/gim;
const noReply = /^(?:(\d+)\+)?([a-z0-9-]+(?:\[bot\])?)@users\.noreply\./i;
/** Accounts behind `Co-authored-by:` lines, as far as the address or another commit tells them. */
async function readCoAuthors(reader, commits) {
	const byEmail = new Map(commits.flatMap(({ authorEmail, author }) => author === null ? [] : [[authorEmail.toLowerCase(), author]]));
	const emails = new Set(commits.flatMap(({ message }) => emailsIn(message)));
	const found = [];
	let allKnown = true;
	for (const email of emails) {
		const person = byEmail.get(email) ?? await readNoReply(reader, email);
		if (person === null) allKnown = false;
		else found.push(person);
	}
	return {
		people: found,
		allKnown
	};
}
/** Addresses of the co-author trailers of a commit message, in lower case. */
function emailsIn(message) {
	return [...message.matchAll(trailer)].map((match) => (match[1] ?? "").toLowerCase());
}
async function readNoReply(reader, email) {
	const [, id, login] = noReply.exec(email) ?? [];
	if (login === void 0) return null;
	if (id !== void 0) return {
		id: Number(id),
		login,
		kind: login.endsWith("[bot]") ? "Bot" : "User"
	};
	return reader.account(login);
}

// bot/gather/people.ts
/** Account that GitHub itself commits with when somebody presses a button. */
const webFlow = 19864447;
/** Says whose approval cannot count (GATE.md rule 7), by id. What cannot be known makes it stricter, never laxer. */
async function readPeople(reader, input) {
	const { pull } = input;
	const paths = judgedPaths(input);
	const updates = await findUpdates(reader, input.commits, paths);
	const content = await contentCommits(reader, input.commits, paths, updates);
	const coAuthors = await readCoAuthors(reader, content);
	const pushes = pull.head.repositoryId === input.repositoryId ? await reader.pushes(pull.head.ref) : null;
	const pushers = pushes === null ? [] : pushersOf(pushes, updates);
	const complete = pushes?.some(({ after }) => after === pull.head.sha) === true;
	const unknown = content.some((commit) => commit.author === null || commit.committer === null);
	const hidden = pushers.some(({ id, kind }) => kind !== "User" && id !== pull.author.id);
	const made = [
		exclude(pull.author, "author"),
		...excludeAskers(pull),
		...content.flatMap(({ author }) => author === null ? [] : [exclude(author, "committer")]),
		...content.flatMap(({ committer }) => committer === null || committer.id === webFlow ? [] : [exclude(committer, "committer")]),
		...coAuthors.people.map((person) => exclude(person, "co-author")),
		...pushers.map((person) => exclude(person, "pusher")),
		...input.starters.filter(({ dispatched }) => dispatched || input.openedByBot === true).map(({ person }) => exclude(person, "dispatcher"))
	];
	const earlier = input.records.flatMap(({ contributors }) => contributors);
	return {
		exclusions: unique([...made, ...earlier.map((person) => exclude(person, "contributor"))]),
		pushersKnown: complete && !unknown && !hidden && coAuthors.allKnown,
		contributors: distinct([...made.map(({ person }) => person), ...input.starters.map(({ person }) => person)])
	};
}
/**
* Who had the app open this pull request: as good as its author. It stands in the name of the branch, which nobody can
* change while the pull request is open.
*/
function excludeAskers({ author, head }) {
	return (author.kind === "User" ? [] : askersOf(head.ref)).map((person) => exclude(person, "asked for this pull request"));
}
function judgedPaths({ change }) {
	const paths = new Set(change.contentPaths.map(({ path }) => path));
	if (change.model !== null) paths.add(stagesPath(change.model));
	return paths;
}
/**
* Updates of the branch from its base by GitHub's own button, by id: they are nobody's work. A merge whose conflicts
* somebody resolved in GitHub's editor looks the same and holds text of theirs, so that each judged file must be that of
* one parent. The same button merges any other branch, with whatever somebody pushed there: its commits are then commits
* of the pull request, where those of the base are not.
*/
async function findUpdates(reader, commits, paths) {
	const found = /* @__PURE__ */ new Map();
	const own = new Set(commits.map(({ sha }) => sha));
	for (const commit of commits.filter(isButtonMerge)) {
		const [onto = "", from = ""] = commit.parents;
		if (own.has(from)) continue;
		const changes = [];
		for (const parent of commit.parents) changes.push(diffTrees(await reader.tree(parent), await reader.tree(commit.sha)));
		const [first = [], second = []] = changes;
		const other = new Set(second.map(({ path }) => path));
		if (!first.some(({ path }) => paths.has(path) && other.has(path))) found.set(commit.sha, onto);
	}
	return found;
}
/** Commits that change what is judged: neither an update of the branch nor one that only touches other files. */
async function contentCommits(reader, commits, paths, updates) {
	const found = [];
	for (const commit of commits) if (!updates.has(commit.sha) && await touches(reader, commit, paths)) found.push(commit);
	return found;
}
function isButtonMerge(commit) {
	return commit.parents.length === 2 && commit.verified && commit.committer?.id === webFlow;
}
async function touches(reader, commit, paths) {
	const [parent] = commit.parents;
	if (parent === void 0 || commit.parents.length > 1) return true;
	const before = await reader.tree(parent);
	return diffTrees(before, await reader.tree(commit.sha)).some(({ path }) => paths.has(path));
}
/** Who pressed "update branch" pushed GitHub's own merge, nothing of theirs; one that brought more is a push. */
function pushersOf(pushes, updates) {
	return pushes.filter(({ before, after }) => updates.get(after) !== before).map(({ by }) => by);
}
const exclude = (person, because) => ({
	person,
	because
});
/** The first reason of a person is shown; the order above is the order of weight. */
function unique(exclusions) {
	const byId = /* @__PURE__ */ new Map();
	for (const exclusion of exclusions) if (!byId.has(exclusion.person.id)) byId.set(exclusion.person.id, exclusion);
	return [...byId.values()].sort((a, b) => a.person.id - b.person.id);
}
function distinct(people) {
	return [...new Map(people.map((person) => [person.id, person])).values()].sort((a, b) => a.id - b.id);
}

// bot/gather/roles.ts
/**
* @param owners `owner` is whoever is in all of these: the owner of one file does not speak for another
* @param consumers who must acknowledge what breaks them, each as a role of its own
*/
async function readHolders(reader, policy, owners, consumers = []) {
	const holders = /* @__PURE__ */ new Map();
	for (const [name, role] of Object.entries(policy.roles)) holders.set(name, await reader.membersOf(role));
	let shared = null;
	for (const owner of owners) {
		const members = await reader.membersOf(owner);
		shared = shared === null ? members : shared.filter(({ id }) => members.some((each) => each.id === id));
	}
	holders.set("owner", shared ?? []);
	for (const consumer of consumers) holders.set(consumerRole(consumer.name), await reader.membersOf(consumer));
	return holders;
}
/** Names of the roles that somebody holds, sorted. */
function rolesOf(holders, person) {
	if (person.kind !== "User") return [];
	return [...holders].flatMap(([role, people]) => people.some(({ id }) => id === person.id) ? [role] : []).sort();
}

// bot/gather/reviews.ts
const evidenceCheckName = "gatehouse evidence";
const maxChangedShown = 20;
/**
* Reads the reviews with what each reviewer could see: the evidence checks at the commit that was reviewed.
* After the merge only what was said and taken back before it counts: a merge is decided on facts that do not change any
* more, and whoever may write may press "dismiss".
*/
async function readReviews(reader, pull, holders) {
	const all = await reader.reviews(pull.number);
	const said = pull.mergedAt === null ? all : all.filter((review) => review.submittedAt <= (pull.mergedAt ?? ""));
	const told = said.some(({ state }) => state === "DISMISSED") ? await reader.dismissals(pull.number) : [];
	const dismissals = (told ?? []).filter(({ at }) => pull.mergedAt === null || !(at > pull.mergedAt));
	const late = (told ?? []).filter((dismissal) => !dismissals.includes(dismissal));
	const checks = /* @__PURE__ */ new Map();
	for (const { commit } of said) if (!checks.has(commit)) checks.set(commit, await readChecks(reader, commit));
	const reviews = [];
	for (const given of said) {
		const review = {
			...given,
			state: late.find(({ reviewId }) => reviewId === given.id)?.state ?? given.state
		};
		reviews.push({
			id: review.id,
			reviewer: review.reviewer,
			state: review.state,
			commit: review.commit,
			submittedAt: review.submittedAt,
			roles: rolesOf(holders, review.reviewer),
			evidenceChecks: checks.get(review.commit) ?? [],
			...dismissalOf(review, dismissals, holders),
			...await changedSince(reader, review, pull.head.sha)
		});
	}
	return reviews;
}
async function readChecks(reader, commit) {
	if (commit === "") return [];
	return (await reader.checkRuns(commit, evidenceCheckName)).flatMap(({ id, status, externalId, completedAt }) => status === "completed" && completedAt !== null ? [{
		id,
		subject: externalId,
		completedAt
	}] : []);
}
function dismissalOf(review, dismissals, holders) {
	const dismissal = dismissals.findLast(({ reviewId }) => reviewId === review.id);
	if (review.state !== "DISMISSED" || dismissal === void 0 || dismissal.state === "COMMENTED") return {};
	return {
		stateBeforeDismissal: dismissal.state,
		dismissedByGovernor: rolesOf(holders, dismissal.by).includes("governor")
	};
}
/** Display only: which files an approval did not see. */
async function changedSince(reader, review, head) {
	if (review.state !== "APPROVED" || review.commit === "" || review.commit === head) return {};
	try {
		return { changedSince: diffTrees(await reader.tree(review.commit), await reader.tree(head)).slice(0, maxChangedShown).map(({ path }) => path) };
	} catch {
		return {};
	}
}

// core/config/prediction-change.ts
/**
* Finds what a change of the prediction contract breaks for those who read the predictions: a class, a column or a
* promise that is gone, another order, a wider range. What is added or narrowed breaks nobody, but for a class: code that
* knows three classes does not know the fourth.
* @param before what the champion promises
* @param after what the challenger promises
*/
function findPredictionBreaks(before, after) {
	if (before.task !== after.task) return [{
		pointer: "/task",
		what: "the kind of prediction changed",
		before: before.task,
		after: after.task
	}];
	if (before.contract === null) return [];
	const now = after.contract ?? { consumers: [] };
	return [
		...classBreaks(before.contract, now),
		...rangeBreaks(before.contract, now),
		...sumBreaks(before.contract, now),
		...columnBreaks(before.contract, now)
	];
}
/**
* Turns breaks into findings that name who must acknowledge them: the consumers of the champion's contract, since those
* whom a change leaves out are who it breaks.
* @param file path of model.yml
*/
function predictionFindings(before, after, file) {
	const consumers = consumersOf(before, after);
	return findPredictionBreaks(before, after).map((broken) => ({
		code: "prediction/breaking",
		severity: "fail",
		message: `${broken.what}: ${consumers.length === 0 ? "no consumer is named" : `${listed(consumers)} must acknowledge it`}`,
		where: {
			file,
			pointer: broken.pointer
		},
		found: broken.after,
		allowed: broken.before,
		fix: consumers.length === 0 ? "Keep what the champion promises, or name the consumers and have them approve the change." : `Keep what the champion promises, or have ${listed(consumers)} approve this pull request.`
	}));
}
/** Who must acknowledge a break: those of the champion's contract, and those that the change adds. Sorted, each once. */
function consumersOf(before, after) {
	const all = [...after.contract?.consumers ?? [], ...before.contract?.consumers ?? []];
	return [...new Map(all.map((consumer) => [consumer.name, consumer])).values()].sort((a, b) => a.name < b.name ? -1 : 1);
}
function listed(consumers) {
	return consumers.map(({ name, users, teams }) => `${name} (${[...users, ...teams].join(", ")})`).join(", ");
}
function classBreaks({ classes: before }, { classes: after }) {
	if (before === void 0) return [];
	const said = {
		before: before.join(", "),
		after: after?.join(", ") ?? "nothing"
	};
	const say = (what) => [{
		pointer: "/prediction/classes",
		what,
		...said
	}];
	if (after === void 0) return say("the list of classes is gone");
	const gone = before.filter((name) => !after.includes(name));
	const added = after.filter((name) => !before.includes(name));
	const renamed = gone.length === added.length && gone.every((name) => added.includes(after[before.indexOf(name)] ?? ""));
	if (gone.length > 0 && renamed) return say(`${quoted(gone)} renamed to ${quoted(added)}`);
	const changes = [...gone.length > 0 ? [`${quoted(gone)} gone`] : [], ...added.length > 0 ? [`${quoted(added)} new`] : []];
	if (changes.length > 0) return say(`classes changed, ${changes.join(", ")}`);
	return before.every((name, at) => after[at] === name) ? [] : say("the classes stand in another order");
}
function rangeBreaks({ range: before }, { range: after }) {
	if (before === void 0) return [];
	const lower = (after?.min ?? Number.NEGATIVE_INFINITY) < (before.min ?? Number.NEGATIVE_INFINITY);
	const higher = (after?.max ?? Number.POSITIVE_INFINITY) > (before.max ?? Number.POSITIVE_INFINITY);
	if (!lower && !higher) return [];
	return [{
		pointer: "/prediction/range",
		what: after === void 0 ? "the range of values is gone" : "the range of values is wider",
		before: showRange(before),
		after: showRange(after)
	}];
}
function showRange(range) {
	if (range === void 0) return "any number";
	if (range.min === void 0) return `at most ${range.max}`;
	return range.max === void 0 ? `at least ${range.min}` : `${range.min} to ${range.max}`;
}
function sumBreaks({ sumToOne: before }, { sumToOne: after }) {
	if (before === void 0 || after !== void 0 && after <= before) return [];
	const shown = (tolerance) => tolerance === void 0 ? "any sum" : `one, within ${tolerance}`;
	return [{
		pointer: "/prediction/sum-to-one",
		what: "probabilities sum to one less exactly",
		before: shown(before),
		after: shown(after)
	}];
}
/** Columns by what stands in them. */
function columnsOf({ interval, quantiles = [] }) {
	return new Map([...interval === void 0 ? [] : [["the lower end of the interval", interval.low], ["the upper end of the interval", interval.high]], ...quantiles.map(({ quantile, column }) => [`quantile ${quantile}`, column])]);
}
function columnBreaks(before, after) {
	const now = columnsOf(after);
	return [...columnsOf(before)].flatMap(([what, column]) => {
		const own = now.get(what);
		if (own === column) return [];
		return [{
			pointer: what.startsWith("quantile") ? "/prediction/quantiles" : "/prediction/interval",
			what: own === void 0 ? `the column of ${what} is gone` : `the column of ${what} has another name`,
			before: column,
			after: own ?? "nothing"
		}];
	});
}
const quoted = (names) => names.map((name) => `"${name}"`).join(", ");

// core/policy/prediction-break.ts
/**
* Says what a pull request takes from those who read a model's predictions, and who they are. The governed model.yml is
* what the champion promises; a new model has promised nobody anything.
* @param before the governed model.yml; null: base knows no such model
* @param file path of model.yml
* @returns null when nothing is taken
*/
function findPredictionChange(before, head, file) {
	if (before === null || head.kind === "same") return null;
	const promised = promiseOf(before);
	const after = head.kind === "read" && head.config !== null ? promiseOf(head.config) : {
		task: before.task,
		contract: null
	};
	const consumers = consumersOf(promised, after);
	const findings = head.kind === "unreadable" && consumers.length > 0 ? [notCompared(file)] : predictionFindings(promised, after, file);
	if (findings.length === 0) return null;
	return {
		findings: findings.map((finding) => ({
			...finding,
			severity: "warn"
		})),
		consumers
	};
}
const promiseOf = ({ task, prediction }) => ({
	task,
	contract: prediction ?? null
});
/** What cannot be read may promise nothing any more. */
const notCompared = (file) => ({
	code: "prediction/not-compared",
	severity: "warn",
	message: `What ${file} promises of the predictions cannot be compared: its new text cannot be read`,
	where: { file },
	fix: "Mend model.yml, then push again."
});

// bot/gather/rules.ts
async function readRules(reader, proposal, change) {
	const { catalogue, policy } = proposal;
	const model = change.model === null ? null : catalogue.models.get(change.model) ?? null;
	const contracts = change.datasets.flatMap((name) => catalogue.datasets.get(name) ?? []);
	const before = governedModel(model);
	const head = change.model === null ? { kind: "same" } : await readHeadModel(reader, proposal, change.model);
	return {
		model,
		contracts,
		digest: rulesDigest({
			policy,
			catalogue,
			change
		}),
		owners: ownersOf(change, model, proposal),
		declared: before === null ? null : await readDeclaredFiles(reader, proposal, before.model),
		privacy: privacyOf(change, model, proposal),
		modelFields: head.kind === "read" ? changedModelFields(before, head.config) : null,
		prediction: findPredictionChange(before, head, modelPath(change.model ?? ""))
	};
}
/**
* Owners of every file that changed and that base knows, and the model's where a move asks for its owner. A file that is
* new names its own owner, who must not speak for what others own.
*/
function ownersOf(change, model, { catalogue, policy }) {
	const changed = ({ from }, ...paths) => from === "base" && paths.some((path) => change.configuration.includes(path));
	const contracts = [...catalogue.datasets.values()].filter((contract) => changed(contract, contract.path)).map(({ config }) => config.owner);
	if (model === null) return contracts;
	const lines = requiredApprovals({
		...change,
		configuration: []
	}, policy, model.config);
	const name = model.config.model;
	const own = model.from === "base" && change.configuration.some((path) => waiverOfFile(path) !== null) || changed(model, model.path, behaviourPath(name), readinessPath(name), risksPath(name));
	return lines.some(({ role }) => role === "owner") || own || contracts.length === 0 ? [model.config.owners, ...contracts] : contracts;
}
/** model.yml as base has it, without the suite beside it: a new one has promised nobody anything. */
const governedModel = (model) => model?.from === "base" ? parseModelOnce(model.text, model.path, model.config.model) : null;
function privacyOf(change, model, { catalogue, policy }) {
	if (policy.addWhen.every(({ privacy }) => privacy === void 0)) return null;
	const contracts = [.../* @__PURE__ */ new Set([...change.datasets, ...model?.config.datasets ?? []])].map((name) => catalogue.datasets.get(name)?.config);
	if (contracts.includes(void 0)) return null;
	const classes = contracts.flatMap((contract) => contract?.columns.map(({ privacy }) => privacy) ?? []);
	return [...new Set(classes)].sort();
}
async function readDeclaredFiles(reader, { trees: { base } }, model) {
	const blobs = declaredPaths(base, model).flatMap((path) => base.get(path)?.blob ?? []);
	if (blobs.length === 0) return null;
	const texts = await readBlobs(reader, [...new Set(blobs)]);
	return readDeclared(base, model, (path) => texts.get(base.get(path)?.blob ?? "") ?? null);
}
async function readHeadModel(reader, { trees, commits }, name) {
	const path = modelPath(name);
	if (trees.mergeBase.get(path)?.blob === trees.head.get(path)?.blob) return { kind: "same" };
	const bytes = await reader.file(path, commits.head);
	if (bytes === null) return {
		kind: "read",
		config: null
	};
	try {
		return {
			kind: "read",
			config: parseModelConfig(toText(bytes) ?? "", path, name)
		};
	} catch (error) {
		if (error instanceof InputError) return { kind: "unreadable" };
		throw error;
	}
}

// bot/gather.ts
/**
* Reads everything that a decision about one pull request looks at. Nothing is taken from an event or from what the
* pull request says about itself.
* @param onto base commit to judge against instead of the branch's tip
* @throws InputError when policy, ledger or roles cannot be read as they must be; ServiceError when GitHub does not
* answer; ConflictError LEDGER_MOVED when the ledger moved meanwhile
*/
async function gather(sources, pull, onto = null) {
	const { reader } = sources;
	const commits = await readCommits(reader, pull, onto);
	const proposal = await readProposal(reader, {
		baseRef: pull.base.ref,
		base: commits.base,
		head: commits.head
	});
	const ledger = await readLedger$1(sources, proposal);
	const whole = await asOneBase(reader, proposal.change, commits, pull.number);
	const change = await asMerged(reader, whole, commits, pull);
	const shared = {
		pull,
		commits,
		proposal,
		ledger,
		openedByBot: pull.author.kind === "Bot" && pull.author.id !== sources.identity.botId,
		now: pull.mergedAt ?? sources.now()
	};
	if (change.kind !== "request") return toFacts({
		...shared,
		change,
		...nothingRead
	});
	const state = change.model === null ? null : ledger.snapshot.states.get(change.model) ?? null;
	const rules = await readRules(reader, proposal, change);
	const openStore = () => sources.openStore(proposal.policy.store, networkOf(proposal.policy));
	const pullCommits = await reader.pullCommits(pull.number);
	const evidence = await readEvidence(sources, {
		proposal,
		change,
		rules,
		state,
		pullRequest: pull.number,
		headRef: pull.head.repositoryId === proposal.repository.id ? pull.head.ref : null,
		openStore
	}, pullCommits.map(({ sha }) => sha));
	const people = await readMakers(reader, {
		...shared,
		change,
		state,
		evidence,
		pullCommits
	});
	const { owners, prediction } = rules;
	const holders = await readHolders(reader, proposal.policy, owners, prediction?.consumers);
	const reviews = await readReviews(reader, pull, holders);
	const answering = await readOwners(reader, {
		change,
		policy: proposal.policy
	}, rules.model?.config ?? null);
	const { states } = ledger.snapshot;
	const scope = {
		proposal,
		change,
		rules,
		evidence,
		state,
		states,
		now: shared.now
	};
	const emergency = await readEmergency({
		reader,
		openStore
	}, scope);
	const protection = await readProtection(reader, proposal, change, commits);
	return toFacts({
		...shared,
		change,
		state,
		rules,
		evidence,
		people,
		holders,
		reviews,
		emergency,
		protection,
		...answering
	});
}
/** Read once, when a promotion is recorded: before that it would say nothing about the merge. */
async function readProtection(reader, { policy, commits: { baseRef } }, { moves }, { merge }) {
	if (merge === null || !moves.some(({ to }) => to === "production")) return void 0;
	const [base, ledger] = await Promise.all([reader.branchGuard(baseRef), reader.branchGuard(policy.ledger.branch)]);
	return {
		base,
		ledger
	};
}
/** Reads just enough of a merge to see whether the ledger holds it already. */
async function gatherMerge(sources, pull) {
	const { reader, identity, book } = sources;
	const commits = await readCommits(reader, pull);
	const policy = await readPolicy(reader, commits.base);
	const ledger = await book.read(reader, identity, placeOf$1(policy.ledger.branch, pull.base.ref));
	return {
		repository: await reader.repository(),
		pull,
		commits,
		ledger
	};
}
/** The proposal was read with the ledger of some moment; it must be the one that was proven. */
async function readLedger$1({ reader, identity, book }, proposal) {
	const { branch } = proposal.policy.ledger;
	const { baseRef } = proposal.commits;
	const ledger = await book.read(reader, identity, placeOf$1(branch, baseRef));
	if ((proposal.ledger?.head ?? null) === ledger.commit) return ledger;
	throw new ConflictError("LEDGER_MOVED", "The ledger moved while the pull request was read", { hint: "Read again and decide again." });
}
const placeOf$1 = (branch, baseRef) => ({
	branch,
	layout: branch === baseRef ? "shared" : "own",
	anchorBranch: baseRef
});
function readMakers(reader, input) {
	const { pull, proposal, change, state, evidence } = input;
	const starters = [evidence.judgement?.run, evidence.validation?.run].flatMap((run) => run?.actor == null ? [] : [{
		person: run.actor,
		dispatched: run.event === "workflow_dispatch"
	}]);
	return readPeople(reader, {
		pull,
		commits: input.pullCommits,
		change,
		repositoryId: proposal.repository.id,
		starters,
		openedByBot: input.openedByBot,
		records: recordsTowardsProduction(change, state)
	});
}
/** A pull request that asks for nothing, or cannot be read, needs neither evidence nor people. */
const nothingRead = {
	state: null,
	rules: null,
	evidence: {
		validation: null,
		judgement: null,
		looks: [],
		refusals: [],
		runs: [],
		notes: [],
		tried: []
	},
	people: {
		exclusions: [],
		pushersKnown: true,
		contributors: []
	},
	holders: /* @__PURE__ */ new Map(),
	reviews: []
};
function toFacts(parts) {
	const { pull, commits, proposal, ledger, rules, evidence, people } = parts;
	return {
		repository: proposal.repository,
		pull,
		commits,
		policy: proposal.policy,
		rules,
		ledger,
		evidence,
		contributors: people.contributors,
		input: toInput(parts)
	};
}
const toPrediction = ({ findings, consumers }) => ({
	findings,
	consumers: consumers.map(({ name }) => name)
});
/** The number of a look that is not counted yet is the one that it gets: it is written before anybody is shown it. */
function lookOf(parts) {
	const { proposal, pull, ledger, state } = parts;
	const { judgement } = parts.evidence;
	if (judgement === null) return {};
	const look = findLook(judgement.evidence, proposal.repository.id, state);
	if (look === null) return {};
	const { id } = chargedPerson(judgement.run, pull);
	const states = ledger.snapshot.states.values();
	const charged = look.counted ? look.charged : nextCharge(states, look.facts.heldOut, id);
	return {
		heldOutLook: look.number,
		...charged === null ? {} : { heldOutCharge: charged }
	};
}
/** What evidence is sealed to decides nothing, and every entry of the ledger would hold it. */
function withoutKeys({ evidence: _, ...policy }) {
	return policy;
}
function toInput(parts) {
	const { pull, proposal, change, rules, evidence, people, holders } = parts;
	const excluded = new Set(people.exclusions.map(({ person }) => person.id));
	const input = {
		repositoryId: proposal.repository.id,
		baseRef: proposal.commits.baseRef,
		now: parts.now,
		change,
		policy: withoutKeys(proposal.policy),
		model: rules?.model?.config ?? null,
		rulesDigest: rules?.digest ?? digestOf(null),
		validation: evidence.validation?.evidence ?? null,
		judgement: evidence.judgement?.evidence ?? null,
		refusals: evidence.refusals,
		runs: evidence.runs.map(({ id, status, conclusion, url }, at) => ({
			id,
			status,
			conclusion,
			url,
			...at === 0 && evidence.notes.length > 0 ? { notes: evidence.notes } : {}
		})),
		fork: pull.head.repositoryId !== proposal.repository.id,
		reviews: parts.reviews,
		exclusions: people.exclusions,
		pushersKnown: people.pushersKnown,
		...parts.openedByBot ? { openedByBot: true } : {},
		...rules?.modelFields == null ? {} : { modelFields: rules.modelFields },
		...rules?.prediction == null ? {} : { prediction: toPrediction(rules.prediction) },
		...lookOf(parts),
		...rules?.declared == null ? {} : { declared: asStored(rules.declared) },
		...parts.emergency,
		...rules?.privacy == null ? {} : { privacy: rules.privacy },
		...parts.owners === void 0 ? {} : { owners: parts.owners },
		...parts.protection === void 0 ? {} : { protection: parts.protection },
		canApprove: Object.fromEntries([...holders].map(([role, people_]) => [role, people_.filter(({ id, kind }) => kind === "User" && !excluded.has(id)).map(({ login }) => login).sort()])),
		ledger: toLedgerFacts(change, parts.state)
	};
	return JSON.parse(JSON.stringify(input));
}

// bot/publish/ask-reviewers.ts
/** More people than these are not asked at once. */
const maxAsked = 5;
/**
* Asks who can help and was not asked yet; who looked at this head already is not asked again.
* @returns logins of those who were asked
*/
async function askReviewers(deps, pull, { decision, input, headSha }) {
	const looked = input.reviews.filter(({ commit }) => commit === headSha).map(({ reviewer }) => reviewer.login);
	const known = /* @__PURE__ */ new Set([
		...pull.requestedReviewers,
		...looked,
		pull.author.login
	]);
	const wanted = decision.missing.flatMap(({ candidates }) => candidates).filter((login) => !known.has(login));
	if (wanted.length === 0) return [];
	return deps.writer.requestReviewers(pull.number, [...new Set(wanted)].slice(0, maxAsked));
}

// bot/publish/report.ts
/** The report of one look. @param updatedAt ISO 8601 UTC; shown, never compared */
function toReport$1(facts, decision, updatedAt) {
	return {
		input: facts.input,
		decision,
		pullRequest: facts.pull.number,
		headSha: facts.commits.head,
		run: runOf$1(facts),
		repositoryUrl: facts.repository.url,
		baseSha: facts.commits.base,
		updatedAt,
		tried: facts.evidence.tried,
		recorded: null,
		...facts.pull.merged ? { merged: true } : {},
		...toLooks(facts.input, facts.ledger.events, facts.pull.number),
		...toChampion(facts.input, facts.ledger.snapshot)
	};
}
/** How the champion that was compared with came about, so that the comment can say what changed. */
function toChampion({ judgement }, { states }) {
	const [first] = judgement?.champions ?? [];
	if (judgement === null || first === void 0) return {};
	const record = states.get(judgement.model)?.versions.get(first.version)?.record;
	if (record === void 0) return {};
	const { run, datasets } = record.lineage;
	return { champion: {
		name: `v${first.version}`,
		run,
		datasets
	} };
}
/**
* Which look on the held-out set the result was, how many the policy allows, and how many different results this pull
* request was judged with: from the ledger, since runs can be deleted.
*/
function toLooks({ heldOutLook, heldOutCharge, policy, repositoryId }, events, pullRequest) {
	if (heldOutLook === void 0) return {};
	const { heldOutBudget, heldOutBudgets } = policy.defaults;
	const counted = ({ data, source }) => data.type === "HeldOutUsed" && source.repositoryId === repositoryId && source.pullRequest === pullRequest;
	const charged = ({ labels, actor }) => ({
		labels: {
			look: labels,
			budget: heldOutBudgets?.labels ?? null
		},
		actor: {
			look: actor,
			budget: heldOutBudgets?.actor ?? null
		}
	});
	return { looks: {
		look: heldOutLook,
		budget: heldOutBudget ?? null,
		...heldOutCharge === void 0 ? {} : charged(heldOutCharge),
		here: events.filter(counted).length
	} };
}
/** The run that the result rests on, else the newest one that may still bring it. */
function runOf$1({ evidence }) {
	const run = evidence.judgement?.run ?? evidence.validation?.run ?? evidence.runs[0];
	return run === void 0 ? null : {
		id: run.id,
		attempt: run.attempt,
		url: run.url
	};
}

// bot/commands/decision.ts
/** What "Ask reviewers" of a check does for one pull request. */
async function askAgain(deps, number) {
	const pull = await deps.newReader().pull(number);
	const report = pull.state === "closed" ? null : await decideNow(deps, pull);
	if (report !== null) await askReviewers(deps, pull, report);
}
/** null: nobody governs its base. */
async function decideNow(deps, pull) {
	const sources = openSources(deps);
	const repository = await sources.reader.repository();
	if ((await readGovernance(sources.reader, repository, pull.base.ref)).kind !== "governed") return null;
	const facts = await gather(sources, pull);
	return toReport$1(facts, decide(facts.input), deps.now());
}
/** Answers `explain` and `request` from a decision that is made anew, and that nothing is written by. */
async function answerByDecision(deps, kind, pull, place) {
	if (pull.state === "closed") return renderClosed(place);
	const report = await decideNow(deps, pull);
	if (report === null) return renderUngoverned(place);
	if (kind === "explain") return renderExplanation(report, place);
	return renderRequested(await askReviewers(deps, pull, report), report, place);
}

// core/registry/rollback-target.ts
/**
* What `rollback ENDPOINT [MODEL]` may mean, by model.
* @param model null: any
*/
function findRollbackTargets(states, endpoint, model) {
	return [...states].filter(([name]) => model === null || name === model).flatMap(([name, { endpoints }]) => {
		const serving = endpoints.get(endpoint);
		if (serving === void 0 || serving.champion === null || serving.previous === null) return [];
		return [{
			model: name,
			endpoint,
			from: serving.champion,
			to: serving.previous
		}];
	}).sort((a, b) => a.model < b.model ? -1 : 1);
}

// bot/align-pull.ts
/**
* Opens the pull request, or updates the one that is open; writes nothing when it says so already.
* @returns its number: a list may not hold yet what was just opened
*/
async function bringPull(deps, reader, wanted) {
	await bringBranch(deps, reader, wanted);
	const open = await findPull(deps, reader, wanted.branch);
	const { branch: head, base, title, body } = wanted;
	if (open === null) return deps.writer.openPull({
		head,
		base,
		title,
		body
	});
	if (open.body.replaceAll("\r\n", "\n") !== body || open.title !== title) await deps.writer.updatePull(open.number, {
		title,
		body
	});
	return open.number;
}
/** Closes the pull request when there is nothing left to say, and removes its branch. */
async function closePull(deps, reader, branch) {
	if (await reader.branchHead(branch) === null) return;
	const open = await findPull(deps, reader, branch);
	if (open !== null) await deps.writer.updatePull(open.number, { state: "closed" });
	await deps.writer.deleteBranch(branch);
}
async function bringBranch(deps, reader, wanted) {
	const { branch, tip, path, content, title } = wanted;
	const head = await reader.branchHead(branch);
	if (head !== null && await isCurrent(reader, head, wanted)) return;
	if (head === null) await deps.writer.createBranch(branch, tip);
	else await deps.writer.resetBranch(branch, tip);
	const files = [{
		path,
		content
	}];
	await deps.writer.commitOnBranch({
		branch,
		expectedHead: tip,
		headline: title,
		body: "",
		files
	});
}
/** The branch holds the content, and base has not changed the file since. */
async function isCurrent(reader, head, { tip, path, content }) {
	const bytes = await reader.file(path, head);
	if (bytes === null || toText(bytes) !== content) return false;
	const since = await reader.mergeBase(tip, head);
	return (await reader.tree(since)).get(path)?.blob === (await reader.tree(tip)).get(path)?.blob;
}
async function findPull(deps, reader, branch) {
	const [open] = await reader.pulls({
		state: "open",
		head: `${deps.name.owner}:${branch}`,
		limit: 1
	});
	return open ?? null;
}

// bot/stages-text.ts
var import_dist = require_dist();
const lists = [
	"staging",
	"candidate",
	"archived",
	"rejected"
];
/**
* Writes stages into the text of a stages.yml, so that people's comments and order stay.
* @param text the file as it is; it was read by `parseStages` before
*/
function writeStages(text, stages) {
	const empty = (0, import_dist.parseDocument)(text).contents === null;
	const document = (0, import_dist.parseDocument)(empty ? `${text.trimEnd()}\nproduction: {}\n` : text, { schema: "core" });
	for (const stage of lists) if (stages[stage].length > 0) document.set(stage, document.createNode(stages[stage], { flow: true }));
	else document.delete(stage);
	document.set("production", document.createNode(stages.production, { flow: true }));
	return document.toString({ lineWidth: 110 });
}

// bot/commands/rollback.ts
/**
* Opens a pull request that returns an endpoint to the version that the ledger recorded before. It is decided like every
* other one; nothing moves by it, and whoever asked cannot approve it.
*/
async function askRollback(deps, { endpoint, model }, asker, place) {
	if (endpoint === "") return { kind: "no endpoint" };
	const { reader, identity, book } = openSources(deps);
	const repository = await reader.repository();
	const base = repository.defaultBranch;
	const policy = await readDefaultPolicy(reader, repository);
	const tip = await reader.branchHead(base);
	if (policy === null || tip === null) return {
		kind: "no target",
		endpoint,
		model
	};
	const ledger = await book.read(reader, identity, placeOf$1(policy.ledger.branch, base));
	const [target, ...others] = findRollbackTargets(ledger.snapshot.states, endpoint, model);
	if (target === void 0) return {
		kind: "no target",
		endpoint,
		model
	};
	if (others.length > 0) return {
		kind: "several",
		endpoint,
		models: [target, ...others].map((one) => one.model)
	};
	const path = stagesPath(target.model);
	const file = await readStages(reader, path, tip);
	if (file === null) return {
		kind: "no file",
		path
	};
	const branch = branchFor(target, asker);
	const content = writeStages(file.text, rolledBack(file.stages, target));
	return {
		kind: "opened",
		target,
		pull: await bringPull(deps, reader, {
			branch,
			base,
			tip,
			path,
			content,
			...renderRollbackPull(target, asker.login, place)
		})
	};
}
/** Only production changes, and the version that returns is named nowhere else. */
function rolledBack(stages, { endpoint, to }) {
	const without = (versions) => versions.filter((version) => version !== to);
	return {
		staging: without(stages.staging),
		candidate: without(stages.candidate),
		archived: without(stages.archived),
		rejected: without(stages.rejected),
		production: {
			...stages.production,
			[endpoint]: to
		}
	};
}
async function readStages(reader, path, tip) {
	const bytes = await reader.file(path, tip);
	const text = bytes === null ? null : toText(bytes);
	if (text === null) return null;
	try {
		return {
			text,
			stages: parseStages(text, path)
		};
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}

// bot/commands/waive.ts
/**
* Opens a pull request with the waiver that somebody asked for. It is decided like every other one; nothing is waived by
* it, and whoever asked cannot approve it.
* @throws InputError CONFIG_INVALID when a day, reason or name is none that a waiver may have
*/
async function askWaiver(deps, wish, pull, asker, place) {
	if (wish === null) return { kind: "how" };
	const sources = openSources(deps);
	const { input } = await gather(sources, pull);
	const model = wish.model ?? (input.change.kind === "request" ? input.change.model : null);
	if (model === null) return { kind: "no model" };
	const gates = gatesOf(input, model);
	if (gates !== null && !gates.includes(wish.gate)) return {
		kind: "no gate",
		gate: wish.gate,
		gates,
		meant: suggest(wish.gate, gates)
	};
	const name = waiverNameOf(model, wish.gate);
	const waiver = {
		name,
		...wish,
		model,
		by: asker.login
	};
	const path = waiverPath(name);
	const content = renderWaiver(waiver, path);
	const tip = await sources.reader.branchHead(pull.base.ref);
	if (tip === null) return { kind: "not opened" };
	const branch = waiverBranch(name, asker);
	return {
		kind: "opened",
		waiver,
		pull: await bringPull(deps, sources.reader, {
			branch,
			base: pull.base.ref,
			tip,
			path,
			content,
			...renderWaiverPull(waiver, asker.login, place)
		})
	};
}
/** Gates as the report names them; null: of another model, which is not read here. A wrong name then waives nothing. */
function gatesOf({ model, judgement }, wanted) {
	if (model === null || model.model !== wanted) return null;
	const judged = (judgement?.comparisons ?? []).flatMap(({ gates }) => gates.map(({ gate }) => gate));
	return [.../* @__PURE__ */ new Set([...judged, ...gateNames(model.gates)])];
}

// bot/answer-command.ts
/** An event may come before GitHub shows what it tells of; what is not there after this was deleted. */
const unshownForMs = 6e4;
/** By book, so by repository and process: when a comment was asked for that was not there, in milliseconds since 1970. */
const unshown = /* @__PURE__ */ new WeakMap();
/**
* Answers a comment that asks for something, once: with a reaction at once, and with a reply where there is something
* to say. The comment, its author's permission and the pull request are read from GitHub: the event said only where to
* look. Whoever may not push here gets no answer, and neither does a bot, nor a comment that somebody edited.
* Nothing is approved, moved or started: what should change becomes a pull request, and a fork's code enters by a
* maintainer's push.
* @returns true: the pull request should be looked at again
* @throws ServiceError when GitHub did not answer, or does not show the comment yet: look again later
*/
async function answerCommand(deps, commentId) {
	const reader = deps.newReader();
	const comment = await reader.comment(commentId);
	if (comment === null) requireGone(deps, commentId);
	const command = comment === null || comment.edited ? null : parseCommand(comment.body);
	if (comment === null || command === null || comment.author.kind !== "User") return false;
	if (!await mayAsk(reader, comment)) return false;
	await deps.writer.react(commentId, "eyes");
	if (command.kind === "look") await deps.writer.react(commentId, "rocket");
	else await reply(deps, reader, command, {
		...comment,
		id: commentId
	});
	return command.kind === "look";
}
/** @throws ServiceError COMMENT_NOT_SHOWN while it may still appear */
function requireGone({ book, now }, commentId) {
	const asked = unshown.get(book) ?? /* @__PURE__ */ new Map();
	unshown.set(book, asked);
	const nowMs = Date.parse(now());
	const sinceMs = asked.get(commentId) ?? nowMs;
	asked.set(commentId, sinceMs);
	if (!(nowMs - sinceMs < unshownForMs)) asked.delete(commentId);
	else throw new ServiceError("COMMENT_NOT_SHOWN", `GitHub does not show comment ${commentId}`, { hint: "It was deleted, or was written a moment ago. It is looked for again within a minute." });
}
/** Says that there were too many, instead of doing what is asked for: once, since whoever floods asks again. */
async function answerTooMany(deps, commentId) {
	const reader = deps.newReader();
	const comment = await reader.comment(commentId);
	if (comment === null || comment.author.kind !== "User" || !await mayAsk(reader, comment)) return;
	await deps.writer.react(commentId, "confused");
	await deps.writer.answerComment(comment.issue, replyMarker(commentId), async () => renderTooMany(await placeOf(reader, comment.issue, commentId)));
}
async function mayAsk(reader, { author }) {
	const permission = await reader.permission(author.login);
	return permission === "admin" || permission === "write";
}
async function placeOf(reader, number, comment) {
	const [pull, { url }] = [await reader.pull(number), await reader.repository()];
	return {
		number,
		comment,
		repositoryUrl: url,
		baseRef: pull.base.ref
	};
}
/**
* Carries the command out and says so, once. The reply comes last: while it is not there a look after a crash does
* everything again, the reaction with it.
*/
async function reply(deps, reader, command, comment) {
	await deps.writer.answerComment(comment.issue, replyMarker(comment.id), async () => {
		const pull = await reader.pull(comment.issue);
		const { id, url } = await reader.repository();
		const place = {
			number: pull.number,
			comment: comment.id,
			repositoryUrl: url,
			baseRef: pull.base.ref
		};
		const answer = await carryOut(deps, command, {
			comment,
			pull,
			place,
			repositoryId: id,
			reader
		}).catch((error) => {
			if (!(error instanceof InputError)) throw error;
			return {
				text: renderRefused(error, place),
				isDone: false
			};
		});
		await deps.writer.react(comment.id, answer.isDone ? "rocket" : "confused");
		return answer.text;
	});
}
async function carryOut(deps, command, { comment, pull, place, repositoryId, reader }) {
	switch (command.kind) {
		case "unknown": return {
			text: renderUnknown(command, place),
			isDone: false
		};
		case "help": return done(renderHelp(place));
		case "explain":
		case "request": return done(await answerByDecision(deps, command.kind, pull, place));
		case "rollback": {
			const answer = await askRollback(deps, command, comment.author, place);
			return {
				text: renderRollback(answer, place),
				isDone: answer.kind === "opened"
			};
		}
		case "waive": {
			const answer = await askWaiver(deps, command.asked, pull, comment.author, place);
			return {
				text: renderWaive(answer, place),
				isDone: answer.kind === "opened"
			};
		}
		case "run": {
			const facts = await toCommanded(reader, pull, repositoryId);
			const answer = answerRun(command.commit, facts);
			const isDone = [
				"take over",
				"own branch",
				"closed"
			].includes(answer.kind);
			return {
				text: renderRunReply(answer, command.commit, facts, place),
				isDone
			};
		}
	}
}
const done = (text) => ({
	text,
	isDone: true
});
async function toCommanded(reader, pull, repositoryId) {
	return {
		isOpen: pull.state === "open",
		isFork: pull.head.repositoryId !== repositoryId,
		headSha: pull.head.sha,
		commits: await reader.pullCommits(pull.number).then((commits) => commits.map(({ sha }) => sha)).catch(acceptMany)
	};
}
/** Of a pull request with very many commits the newest is enough to answer. */
function acceptMany(error) {
	if (error instanceof InputError && error.code === "PULL_REQUEST_TOO_LARGE") return [];
	throw error;
}

// core/policy/next-moment.ts
const minuteMs$3 = 6e4;
const hourMs = 36e5;
const dayMs$1 = 864e5;
/** 1970-01-01 was a Thursday: the first Monday was four days later. */
const firstMonday = 4 * dayMs$1;
/** Results and runs do not age, and may be large. */
const ageless = /* @__PURE__ */ new Set([
	"validation",
	"judgement",
	"runs",
	"now"
]);
/**
* When time alone may next change what is decided: a soak or a freeze ends, a freeze begins, an approval, a waiver or a
* declaration gets too old. It names a moment too many rather than one too few: whoever looks then finds it unchanged.
* @returns milliseconds since 1970, after `input.now`; null: nothing in the input waits for a time, or `now` is unknown
*/
function nextMoment(input) {
	const now = input.now === void 0 ? null : parseInstant(input.now);
	if (now === null) return null;
	const later = momentsOf(input, now).filter((at) => Number.isFinite(at) && at > now);
	return later.length === 0 ? null : later.reduce((a, b) => Math.min(a, b));
}
function momentsOf(input, now) {
	const named = Object.entries(input).flatMap(([key, value]) => ageless.has(key) ? [] : textsIn(value)).flatMap((text) => [readMoment(text), endOfMoment(text)]);
	const spans = Object.values(input.policy.stages).flatMap(({ soakHours, expiresDays }) => [...soakHours === void 0 ? [] : [soakHours * hourMs], ...expiresDays === void 0 ? [] : [expiresDays * dayMs$1]]);
	const spanned = named.flatMap((at) => [...new Set(spans)].map((span) => at + span));
	const weekly = (input.policy.freeze ?? []).filter(({ kind }) => kind === "weekly").flatMap(({ from, until }) => [nextOfWeek(from, now), nextOfWeek(until, now)]);
	return [
		...named,
		...spanned,
		...weekly
	];
}
/** The next time that it is `fri 16:00` UTC; NaN: the text is no such moment. */
function nextOfWeek(text, now) {
	const minute = minuteOfWeek(text);
	if (minute === null) return NaN;
	const weekMs = minutesAWeek * minuteMs$3;
	const first = firstMonday + minute * minuteMs$3;
	return first + (Math.floor((now - first) / weekMs) + 1) * weekMs;
}
function textsIn(value) {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

// core/report/incident-notice.ts
const frozen$1 = {
	what: "merged while the ledger is frozen",
	who: "the governors",
	how: "Let a ruleset allow only the app on the ledger branch. Gatehouse puts back what an anchor vouches for by itself; then it decides about this merge."
};
const noticeWords = (reason) => reason === "ledger frozen" ? frozen$1 : incidentWords(reason);
/** `❌ Merged, not promoted.` with everything that somebody needs who has to mend it. */
function incidentNotice(notice) {
	const pushed = notice.reason === "pushed past";
	const merged = notice.reason === "ledger frozen" ? "Merged, not decided yet." : "Merged, not promoted.";
	const title = pushed ? "Pushed, not promoted." : merged;
	const { how, who } = noticeWords(notice.reason);
	const items = [
		[
			`On ${notice.baseRef}: `,
			{ code: short$1(notice.commit) },
			` holds the change, ${doneBy(notice, pushed)}.`
		],
		[ledgerText(notice)],
		[servingText(notice)],
		[
			"Who mends it: ",
			who,
			...helpersText(notice.helpers)
		],
		["How: ", { prose: how }]
	];
	return [paragraph("❌ ", { strong: title }, " Nothing was written to the ledger. ", { prose: notice.because }), {
		kind: "list",
		items
	}];
}
const doneBy = ({ by }, pushed) => `${pushed ? "pushed" : "merged"} by ${by ?? "somebody whom GitHub does not name"}`;
const ledgerText = ({ reason }) => reason === "ledger frozen" ? "In the ledger: it is frozen, because it is not what the app wrote." : "In the ledger: nothing of it. Nothing that it asks for is in a stage.";
function servingText({ serving, model }) {
	if (serving === null) return "Serving: what served before; nothing is moved.";
	const of = model === null ? "" : ` of ${model}`;
	if (serving.length === 0) return `Serving: nothing${of}, as before.`;
	return `Serving${of}: ${serving.map(({ endpoint, version }) => `${endpoint} v${version}`).join(", ")}, as before.`;
}
function helpersText(helpers) {
	const known = helpers.filter(({ logins }) => logins.length > 0);
	if (known.length === 0) return ["; an administrator of the repository can say who they are."];
	return [` (${known.map(({ role, logins }) => `${role} ${logins.slice(0, 5).join(", ")}`).join("; ")}).`];
}

// bot/incident/marks.ts
/**
* Marks of an incident on the commit that it is about: check runs that are left once and never updated. The one that says
* that it is over comes after the one that says that it is open; GitHub shows the newer one.
*/
const openMark = (of) => `${incidentPrefix}open:${of}`;
const closedMark = (of) => `${incidentPrefix}closed:${of}`;
/** External id of the check on the merge commit that says: decided, and nothing was promoted. */
const finalId = (number) => `${finalPrefix}${number}`;
/** True when a commit has a mark that says "open" and none that says "over". */
function isMarkedOpen(runs, of) {
	const has = (id) => runs.some(({ externalId }) => externalId === id);
	return has(openMark(of)) && !has(closedMark(of));
}
/** Leaves the mark of an incident. @param id `openMark`, or `finalId` when nothing that comes later changes it */
async function leaveMark(deps, id, notice, enforced = true) {
	const { what } = noticeWords(notice.reason);
	await deps.writer.createFixedCheck({
		name: checkName,
		headSha: notice.commit,
		externalId: id,
		conclusion: enforced ? "failure" : "neutral",
		output: {
			title: plainText(`Not promoted: ${what}`, 120),
			summary: renderMarkdown(incidentNotice(notice)),
			text: "",
			annotations: []
		}
	});
}
/** Leaves the mark that an incident is over. @param because plain text of ours */
async function closeMark(deps, commit, of, because) {
	await deps.writer.createFixedCheck({
		name: checkName,
		headSha: commit,
		externalId: closedMark(of),
		conclusion: "neutral",
		output: {
			title: "The incident of this commit is over",
			summary: renderMarkdown([paragraph({ strong: "Over:" }, ` ${because}.`)]),
			text: "",
			annotations: []
		}
	});
}

// bot/incident/frozen-merge.ts
/** Name of the incident that a merge cannot be decided while the ledger is frozen. */
const frozenMerge = (number) => `frozen-${number}`;
/**
* Says that a merge waits for the ledger, where it lasts and the ledger is not needed: a mark on the merge commit and a
* reply in the pull request, each once. When the ledger can be read again the merge is decided by itself.
*/
async function markFrozenMerge(deps, { reader }, pull, fault) {
	const commit = pull.mergeCommit;
	if (commit === null) return;
	const runs = await reader.checkRuns(commit, checkName);
	if (isMarkedOpen(runs, frozenMerge(pull.number))) return;
	const notice = {
		reason: "ledger frozen",
		because: `${fault.message}. ${fault.hint}`,
		by: pull.mergedBy?.login ?? null,
		baseRef: pull.base.ref,
		commit,
		model: null,
		serving: null,
		helpers: []
	};
	const marker = `<!-- gatehouse-incident:frozen:${commit}; -->`;
	const text = renderMarkdown(incidentNotice(notice));
	await deps.writer.answerComment(pull.number, marker, async () => `${marker}\n${text}\n`);
	await leaveMark(deps, openMark(frozenMerge(pull.number)), notice);
}
/** The ledger can be read again: from here on the merge is decided as any other. @param runs checks of the merge */
async function endFrozenMerge(deps, runs, commit, number) {
	if (!isMarkedOpen(runs, frozenMerge(number))) return;
	await closeMark(deps, commit, frozenMerge(number), "the ledger can be read again, and this merge is decided now");
}

// bot/gather/last-policy.ts
/** Commits of the base branch that are looked at for a policy that can be read. */
const maxSteps = 100;
/**
* Looks for the last policy that could be read on the way that the base branch itself went. First parents alone: a side
* branch that was merged may hold a readable policy that never governed anything (GATE.md rule 13).
* @returns null when the policy of the commit can be read, or there is none
*/
async function findLastPolicy(reader, commit) {
	const now = await readAt(reader, commit);
	if (now === null || !("fault" in now)) return null;
	const { fault } = now;
	let since = await reader.commit(commit);
	for (let step = 0; step < maxSteps; step += 1) {
		const [parent] = since.parents;
		if (parent === void 0) break;
		const before = await readAt(reader, parent);
		if (before === null) break;
		if (!("fault" in before)) return {
			fault,
			since,
			last: {
				commit: parent,
				...before
			}
		};
		since = await reader.commit(parent);
	}
	return {
		fault,
		since,
		last: null
	};
}
async function readAt(reader, commit) {
	const bytes = await reader.file(policyPath, commit);
	if (bytes === null) return null;
	try {
		return {
			bytes,
			policy: parsePolicy(new TextDecoder().decode(bytes), policyPath)
		};
	} catch (error) {
		if (error instanceof InputError) return { fault: error };
		throw error;
	}
}
/** The same repository, but where a policy cannot be read it says what governed last. */
function withLastPolicy(reader) {
	const last = keepAny((commit) => findLastPolicy(reader, commit));
	return {
		...reader,
		file: async (path, commit) => {
			const bytes = await reader.file(path, commit);
			if (path !== ".github/gatehouse.yml" || bytes === null) return bytes;
			return (await last(commit))?.last?.bytes ?? bytes;
		}
	};
}

// bot/gather/unknown-role.ts
/**
* The same repository, but a role that GitHub does not know is held by nobody instead of being a fault: nobody approves
* in it. Only for what mends the policy, and for telling what a merge would have needed.
* @param needed a role that must be known all the same; null: none
*/
function withUnknownRolesEmpty(reader, needed) {
	return {
		...reader,
		membersOf: async (role) => {
			try {
				return await reader.membersOf(role);
			} catch (error) {
				if (!isUnknownRole(error) || needed !== null && isSame$1(role, needed)) throw error;
				return [];
			}
		}
	};
}
const isUnknownRole = (error) => error instanceof InputError && error.code === "ROLE_UNKNOWN";
const isSame$1 = (one, other) => JSON.stringify([one.users, one.teams]) === JSON.stringify([other.users, other.teams]);

// bot/publish/above.ts
/** Puts blocks above the headline of a rendered comment; a text that is no comment of ours stays as it is. */
function putAbove(body, blocks) {
	const [marker, state] = [parseMarker(body), parseState(body)];
	if (marker === null || state === null) return body;
	const inner = body.slice(body.indexOf("\n") + 1, body.lastIndexOf("\n<!-- gatehouse:state"));
	const shown = `${renderMarkdown(blocks)}\n\n${inner}`;
	return [
		writeMarker(marker),
		shown,
		writeState({
			...state,
			body: bodyDigest(shown)
		})
	].join("\n");
}
/** The same above the summary of a check. */
function putAboveCheck(check, blocks) {
	const { output } = check;
	return {
		...check,
		output: {
			...output,
			summary: `${renderMarkdown(blocks)}\n\n${output.summary}`
		}
	};
}
/** Everything that is said of a pull request is said below these blocks. */
function withBlocksAbove(deps, blocks) {
	const { writer } = deps;
	return {
		...deps,
		writer: {
			...writer,
			upsertCheck: (check) => writer.upsertCheck(putAboveCheck(check, blocks)),
			upsertComment: (pull, text) => writer.upsertComment(pull, (earlier) => putAbove(typeof text === "string" ? text : text(earlier), blocks))
		}
	};
}

// bot/record/version-record.ts
/**
* Makes the immutable record of a new version from what was judged and decided; nothing in it is asked for later.
* @throws InputError RECORD_INCOMPLETE when evidence or model is missing: no bytes and no facts, no entry
*/
function toVersionRecord(facts, decision) {
	const { input, rules, pull, commits, repository } = facts;
	const { judgement, validation, model } = input;
	if (judgement === null || model === null || rules === null || commits.merge === null) throw missing();
	const datasets = validation?.datasets ?? [];
	return {
		model: model.model,
		registeredAt: pull.mergedAt ?? "",
		artifact: judgement.artifact,
		runRecordDigest: judgement.runRecordDigest,
		lineage: {
			repository: repository.fullName,
			pullRequest: pull.number,
			codeCommit: judgement.origin.headSha,
			mergeCommit: commits.merge,
			datasets: datasets.map((dataset) => toLineage(dataset, rules)),
			heldOut: judgement.heldOut,
			run: judgement.claimed,
			trainedBy: {
				runId: judgement.origin.runId,
				runAttempt: judgement.origin.runAttempt
			}
		},
		predictions: {
			digest: judgement.predictions.challenger,
			featuresDigest: judgement.heldOut.featuresDigest,
			...judgement.predictions.sets.length === 0 ? {} : { sets: judgement.predictions.sets }
		},
		predictCommand: model.predict.command,
		...toResults(judgement),
		validation: datasets.map(toSummary),
		quality: "judged",
		task: model.task,
		endpoints: model.endpoints,
		owners: model.owners,
		contributors: facts.contributors,
		risk: model.risk,
		description: model.description,
		limitations: model.limitations,
		featureVersion: model.featureVersion,
		servingImage: model.servingImage,
		fallback: model.fallback,
		approvals: decision.counted
	};
}
function toLineage(validation, rules) {
	const contract = rules.contracts.find(({ config }) => config.dataset === validation.dataset)?.config;
	const { dataset, dataDigest, contractDigest, rows, record } = validation;
	return {
		dataset,
		dataDigest,
		contractDigest,
		rows,
		record,
		source: contract?.source ?? "unknown"
	};
}
function toResults({ comparisons }) {
	return {
		metrics: comparisons.flatMap(({ against, metrics }) => metrics.filter(({ slice }) => slice === null).map((metric) => ({
			...metric,
			against
		}))),
		gates: comparisons.flatMap(({ against, gates }) => gates.map((gate) => ({
			...gate,
			against
		})))
	};
}
function toSummary({ dataset, verdict, findings }) {
	const count = (severity) => findings.filter((finding) => finding.severity === severity).length;
	return {
		dataset,
		verdict,
		failures: count("fail"),
		warnings: count("warn")
	};
}
function missing() {
	return new InputError("RECORD_INCOMPLETE", "A version cannot be recorded without its judgement and model.yml", { hint: "Report this: a decision without them must not be \"allowed\"." });
}

// bot/record/commands.ts
/** One transaction for each move of an allowed decision, all of them for one commit. */
function toRequests(facts, decision) {
	const { pull, input, commits } = facts;
	if (pull.mergedAt === null || pull.mergedBy === null || commits.merge === null) throw notMerged(pull.number);
	const transaction = {
		at: pull.mergedAt,
		actor: pull.mergedBy,
		source: {
			repositoryId: input.repositoryId,
			pullRequest: pull.number,
			headSha: commits.head,
			mergeSha: commits.merge
		},
		approvals: decision.counted,
		decisionInput: input,
		sealed: [facts.evidence.validation, facts.evidence.judgement].flatMap(toSealed)
	};
	return [...decision.moves.map((move) => ({
		model: move.model,
		command: toCommand(move, facts, decision),
		facts: transaction
	})), ...reviewsOf(input).map((review) => ({
		...review,
		facts: transaction
	}))];
}
/** Reviews of emergencies that a merge brings. */
const reviewsOf = ({ breakGlass }) => (breakGlass?.reviews ?? []).map(({ model, pullRequest, digest }) => ({
	model,
	command: {
		kind: "review-break-glass",
		pullRequest,
		review: digest
	}
}));
function toCommand(move, facts, decision) {
	if (move.kind === "registration") return {
		kind: "register",
		record: toVersionRecord(facts, decision),
		stage: facts.policy.proposal.onMerge
	};
	const { version, from, to, endpoint, rollback } = move;
	if (from === null || to === "registered") throw new InputError("RECORD_INCOMPLETE", `v${version} of ${move.model} is not in the ledger`, { hint: "Report this: a move of an unknown version must not be \"allowed\"." });
	const champion = facts.input.ledger.champions.find((each) => each.endpoint === endpoint);
	const fallback = facts.input.model?.fallback ?? "unknown";
	return {
		kind: "move",
		version,
		from,
		to,
		endpoint,
		replaced: champion?.version ?? null,
		fallback,
		rollback,
		...besides(move, facts.input, decision)
	};
}
/** What is written down besides a move into production: under what it may be undone, and whether rules were passed over. */
function besides(move, input, decision) {
	if (move.kind === "registration" || move.to !== "production" || move.endpoint === null) return {};
	const replaces = input.ledger.champions.some(({ endpoint }) => endpoint === move.endpoint);
	const triggers = move.rollback || !replaces ? [] : preApprovedTriggers(input, move.endpoint);
	const breakGlass = breakGlassNoteOf(input, decision);
	return {
		...triggers.length === 0 ? {} : { triggers },
		...breakGlass === null ? {} : { breakGlass }
	};
}
/** What the ledger holds of this merge, in order. */
function eventsOf({ ledger, repository, pull, commits }) {
	return ledger.events.filter(({ data, source }) => !isIncidentEvent(data) && !isByItself(data) && source.repositoryId === repository.id && source.pullRequest === pull.number && source.mergeSha === commits.merge);
}
/** True when this merge was recorded, however things stand now: a rollback since is not undone. */
const isRecorded = (facts) => eventsOf(facts).length > 0;
function toSealed(believed) {
	return believed === null ? [] : [{
		...believed.sealed,
		jwk: believed.key
	}];
}
function notMerged(number) {
	return new InputError("NOT_MERGED", `Pull request ${number} is not merged, or GitHub does not say by whom`, { hint: "Only a merge is recorded. Look again later." });
}

// core/report/annotation.ts
const levels = {
	fail: "failure",
	warn: "warning",
	note: "notice"
};
/** Findings at lines of files that the pull request changes; the others stand in the text, not on unrelated lines. */
function annotationsOf(report) {
	const request = requestOf(report);
	const changed = /* @__PURE__ */ new Set([...request?.configuration ?? [], ...(request?.contentPaths ?? []).map(({ path }) => path)]);
	const all = sortFindings([...findingsOf$1(report), ...dataFindings(report, changed)]);
	const seen = /* @__PURE__ */ new Set();
	return all.flatMap((finding) => {
		const annotation = toAnnotation(finding);
		const isChanged = request === null || changed.has(finding.where?.file ?? "");
		if (annotation === null || !isChanged) return [];
		const key = JSON.stringify(annotation);
		return seen.has(key) || !seen.add(key) ? [] : [annotation];
	});
}
/** A rule stands in the contract; when that is not in the diff, the data file that the pull request changes is. */
function dataFindings({ input }, changed) {
	return (input.validation?.datasets ?? []).flatMap(({ files, findings }) => {
		const file = files.find(({ path }) => changed.has(path))?.path;
		return findings.map((finding) => file === void 0 || changed.has(finding.where?.file ?? "") ? finding : {
			...finding,
			where: {
				file,
				line: 1
			}
		});
	});
}
function toAnnotation(finding) {
	const { where, severity, code, message, found, allowed, fix } = finding;
	if (where?.line === void 0) return null;
	const text = [
		message,
		...[found === void 0 ? "" : `Found: ${found}.`, allowed === void 0 ? "" : `Allowed: ${allowed}.`],
		`Fix: ${fix}`
	].filter((part) => part !== "").join("\n");
	return {
		path: where.file,
		startLine: where.line,
		endLine: where.line,
		level: levels[severity],
		title: plainText(code, 100),
		message: text.split("\n").map((line) => plainText(line, 1e3)).join("\n")
	};
}

// core/report/check.ts
/** Longest body of a check: summary and text each have it. */
const limit = 6e4;
/** Renders the decision as a check run: title, what to do, every rule with its reason, annotations. */
function renderCheck(report) {
	const headline = headlineOf(report);
	const summary = [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: headline
			}, ...isReportOnly$1(report) ? [paragraph({ prose: reportOnlyNote })] : []]
		},
		...emergencySections(report),
		nextSteps(report),
		...approvalSections(report)
	];
	const text = [
		...ruleSections(report.decision.rules),
		...resultSections(report),
		...policyPreviewSections(report),
		...foldedSections(report),
		...writtenSections(report),
		...lineageSections(report)
	];
	return {
		title: plainText(phraseText(headline), 120),
		summary: fitSections(summary.filter(hasBlocks), limit, "The comment on the pull request has the rest."),
		text: fitSections(text.filter(hasBlocks), limit, "The job summary of the run has every row."),
		...stateOf(report),
		annotations: annotationsOf(report)
	};
}
const hasBlocks = ({ blocks }) => blocks.length > 0;
/** Waiting is never a failure; what is not evaluated is never a success. Report-only ends at once: what waits would block. */
function stateOf(report) {
	const { decision, recorded } = report;
	if (isReportOnly$1(report)) return {
		status: "completed",
		conclusion: "neutral"
	};
	if (recorded !== null || decision.kind === "nothing" || decision.kind === "allowed") return {
		status: "completed",
		conclusion: "success"
	};
	if (decision.kind === "waiting") return {
		status: "in_progress",
		conclusion: null
	};
	if (decision.kind === "not evaluated") return {
		status: "completed",
		conclusion: "action_required"
	};
	return {
		status: "completed",
		conclusion: "failure"
	};
}

// bot/publish/check.ts
const none$1 = [];
/** The decision's check of a head, as rendered. External id: the subject, so that it can be found again. */
function toCheck(headSha, subject, rendered) {
	const { title, summary, text, annotations } = rendered;
	const common = {
		name: checkName,
		headSha,
		externalId: subject ?? "no subject",
		output: {
			title,
			summary,
			text,
			annotations
		}
	};
	if (rendered.conclusion === null) return {
		...common,
		status: "in_progress",
		buttons: [lookButton, requestButton]
	};
	const buttons = rendered.conclusion === "success" ? [] : [lookButton];
	return {
		...common,
		conclusion: rendered.conclusion,
		buttons
	};
}
const lookButton = {
	identifier: "look",
	label: "Look again",
	description: "Reads everything again from GitHub"
};
/** Pressing it asks again those who were asked, and looked at an earlier commit. */
const requestButton = {
	identifier: "request",
	label: "Ask reviewers",
	description: "Requests those whose approval helps"
};
/** While a run may still bring the result: what it says of its progress stays above what the decision says. */
const keepProgress = (check) => "conclusion" in check ? check : {
	...check,
	keepsProgress: true
};
/** Shown at once, before anything was read. */
function startedCheck(headSha) {
	return {
		name: checkName,
		headSha,
		externalId: "started",
		status: "in_progress",
		output: {
			title: "Looking at this pull request",
			summary: "Gatehouse reads what this pull request asks for. This takes some seconds.",
			text: "",
			annotations: none$1
		}
	};
}
/**
* Never a success: the same commit may be the head of another pull request, whose base is governed.
* Without any policy there is no gate to pass, and nothing to hold.
*/
function ungovernedCheck(headSha, baseRef, governance) {
	const notSetUp = governance.kind === "not set up";
	const branches = notSetUp ? "" : governance.branches.map((branch) => cell(branch)).join(", ");
	return {
		name: checkName,
		headSha,
		externalId: "not governed",
		conclusion: notSetUp ? "neutral" : "action_required",
		output: {
			title: plainText(notSetUp ? "Not set up: there is no policy yet" : `Not governed: ${baseRef}`, 120),
			summary: notSetUp ? "The default branch has no `.github/gatehouse.yml`. Nothing was checked, nothing is held up and nothing is recorded. To begin, add the policy in a pull request: `gatehouse init` writes it. To leave for good, take this check out of the rules of the branch." : `Gatehouse governs ${branches} and not this base branch, so nothing was checked. Change the base of this pull request, or have the governors add the branch to \`branches\` in \`.github/gatehouse.yml\`.`,
			text: "",
			annotations: none$1
		}
	};
}
/**
* Ends the check when a look failed. A fault of the user's files is a failure that says where; GitHub or a service not
* answering says nothing about the model, and still is no pass.
* @param reportOnly the policy of the base says `enforce: false`
*/
function failedCheck(headSha, error, reportOnly = false) {
	const input = error.kind === "input";
	const where = error.where === void 0 ? "" : ` (${cell(error.where.file, 200)})`;
	const problems = error.findings.map(({ message, fix }) => `- ${cell(message, 500)} ${cell(fix, 500)}`);
	const lines = [
		`**${error.code}**: ${cell(error.message, 1e3)}${where}`,
		"",
		cell(error.hint, 1e3),
		"",
		...problems.slice(0, 50)
	];
	return {
		name: checkName,
		headSha,
		externalId: `error:${error.code}`,
		conclusion: reportOnly ? "neutral" : input ? "failure" : "action_required",
		output: {
			title: plainText(`${reportOnly ? "Report only: " : ""}${input ? "Fail" : "Not evaluated"}: ${error.message}`, 120),
			summary: lines.join("\n").trim(),
			text: "",
			annotations: none$1
		}
	};
}
/** Ends a check that GitHub would soon give up; the one that follows says the same as it did. */
function renewedCheck(headSha) {
	return {
		name: checkName,
		headSha,
		externalId: "renewed",
		conclusion: "cancelled",
		output: {
			title: "Renewed: a newer check goes on",
			summary: "GitHub gives up a check that waits for two weeks, so a newer one waits in its place.",
			text: "",
			annotations: none$1
		}
	};
}
function closedCheck(headSha) {
	return {
		name: checkName,
		headSha,
		externalId: "closed",
		conclusion: "cancelled",
		output: {
			title: "Closed without merging",
			summary: "Nothing was recorded. Reopen the pull request to have it looked at again.",
			text: "",
			annotations: none$1
		}
	};
}

// bot/publish/comment.ts
/** The comment of a report: it carries on the results of earlier commits that the comment before it told. */
const commentOf = (report) => (earlier) => {
	const history = earlier === null ? void 0 : parseState(earlier)?.history;
	return renderComment(history === void 0 ? report : {
		...report,
		history
	});
};

// bot/publish/not-promoted.ts
/** What people are told of a merge that is not recorded, but why. */
function toNotice({ pull, commits, ledger }, report) {
	const { input } = report;
	const model = modelOf$1(report);
	const { governor = [], owner = [] } = input.canApprove;
	return {
		by: pull.mergedBy?.login ?? null,
		baseRef: pull.base.ref,
		commit: commits.merge ?? commits.head,
		model,
		serving: servingOf(ledger, model),
		helpers: [{
			role: "governor",
			logins: governor
		}, {
			role: "owner",
			logins: owner
		}]
	};
}
/** What serves of a model, by endpoint. */
function servingOf({ snapshot }, model) {
	return [...snapshot.states.get(model ?? "")?.endpoints.values() ?? []].flatMap(({ endpoint, champion }) => champion === null ? [] : [{
		endpoint,
		version: champion
	}]).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1);
}
/** Why the merge moved nothing: the first rule that is not met. */
function reasonOf(decision) {
	return decision.rules.find(({ state }) => standsInTheWay(state))?.because ?? decision.findings[0]?.message ?? "The decision did not allow it.";
}
/** A merge cannot be taken back: the check of its head ends, and says that nothing was recorded. */
function asNotPromoted(check, notice, enforced) {
	const { output, name, headSha, externalId } = check;
	return {
		name,
		headSha,
		externalId,
		conclusion: enforced ? "failure" : "neutral",
		output: {
			...output,
			title: plainText(`Merged, not promoted: ${notice.because}`, 120),
			summary: `${renderMarkdown(incidentNotice(notice))}\n\n${output.summary}`
		}
	};
}
/** Puts the notice above the headline of a rendered comment. */
const withNotice = (body, notice) => putAbove(body, incidentNotice(notice));

// bot/look.ts
/** How a commit begins that only counts a result: its push makes nobody look again. */
const countHeadline = "Count look ";
/** Key under which looks coalesce. */
function keyOf$1(repository, look) {
	if (look.kind === "pull") return `${repository}#${look.number}`;
	if (look.kind === "commit") return `${repository}@${look.sha}${look.asks ? "/ask" : ""}`;
	if (look.kind === "command") return `${repository}#${look.number}/comment/${look.comment}`;
	if (look.kind === "merge group") return `${repository}/group/${look.headSha}`;
	if (look.kind === "branch") return `${repository}/branch/${look.branch}`;
	return repository;
}

// bot/record/ledger-job.ts
/** Sorts merges as GitHub dates them, to the second, and then by number. */
const orderOf = ({ mergedAt, number }) => `${mergedAt ?? ""} ${String(number).padStart(12, "0")}`;
/** Headline and body of one commit for all of them. */
function describeJobs(jobs) {
	const first = jobs.find(({ headline }) => !headline.startsWith("Count look ")) ?? jobs[0];
	const more = jobs.length > 1 ? ` and ${jobs.length - 1} more` : "";
	const lines = jobs.map(({ headline, url }) => jobs.length > 1 ? `- ${headline}: ${url}` : url);
	const body = jobs.length > 1 ? `Written by Gatehouse.\n\n${lines.join("\n")}` : `Written by Gatehouse. ${lines.join("")}`;
	return {
		headline: `${first?.headline ?? ""}${more}`,
		body
	};
}

// bot/incident/notes.ts
/** The request that writes a note: it rests on no decision, and nobody approves it. */
function toRequest$1({ command, at, by, source }) {
	return {
		model: repositoryBook,
		command,
		facts: {
			at,
			actor: by,
			source,
			approvals: [],
			decisionInput: null,
			sealed: []
		}
	};
}
/** True when the ledger says it already. */
function isNoted({ states }, { command, source }) {
	const operation = operationId(operationFactsOf(repositoryBook, incidentEventOf(command), source));
	return states.get(repositoryBook)?.operations.has(operation) === true;
}
/**
* Writes notes into the ledger, each once however often it is asked for: what is there already is left out.
* @throws InputError LEDGER_FROZEN; ConflictError when others kept winning
*/
async function writeNotes(deps, where, notes) {
	const { commit, ledger } = await deps.ledgerWriter.write(deps, {
		...where,
		plan: (snapshot) => notes.filter((note) => !isNoted(snapshot, note)).map(toRequest$1)
	});
	deps.log.info({
		commit,
		notes: notes.map(({ command }) => command.kind)
	}, "noted");
	return ledger;
}
const mostCodes = 20;
/** Codes of findings, each once: ours, and no text of people. */
const codesOf = (findings) => [...new Set(findings.map(({ code }) => code))].filter((code) => /^[a-z0-9/-]{1,80}$/.test(code)).sort().slice(0, mostCodes);
/** The app itself, for what it does by itself. */
const appPerson = ({ identity }) => ({
	id: identity.botId,
	login: identity.botLogin,
	kind: "Bot"
});

// bot/incident/not-recorded.ts
/**
* Says everywhere that a merge is not in the ledger: comment, check of the head, the ledger itself, and last the mark on
* the merge that ends it, so that later approvals do not promote an old merge. Whatever a crash leaves out is done by the
* next look; what is there is found there.
*/
async function publishNotRecorded(deps, facts, report, cause = causeOf(report)) {
	const { pull, commits, policy } = facts;
	const notice = {
		...toNotice(facts, report),
		...cause
	};
	const enforced = report.input.policy.enforce !== false;
	const check = toCheck(report.headSha, report.decision.subject, renderCheck(report));
	await deps.writer.upsertComment(pull.number, (earlier) => withNotice(commentOf(report)(earlier), notice));
	await deps.writer.upsertCheck(asNotPromoted(check, notice, enforced));
	if (commits.merge === null) return;
	if (enforced) {
		const where = {
			place: placeOf$1(policy.ledger.branch, pull.base.ref),
			headline: `Note pull request ${pull.number}: merged, not recorded`,
			url: pull.url,
			order: orderOf(pull),
			anchorOn: commits.merge
		};
		await writeNotes(deps, where, [toNote$3(facts, report, cause)]);
	}
	if (cause.final) await leaveMark(deps, finalId(pull.number), notice, enforced);
	else if (enforced) await leaveMark(deps, openMark(pull.number), notice);
}
const causeOf = ({ decision }) => ({
	reason: incidentReasons.find((reason) => reason === decision.kind) ?? "refused",
	because: reasonOf(decision),
	final: decision.kind !== "not evaluated"
});
function toNote$3({ pull, commits, repository }, report, { reason }) {
	return {
		command: {
			kind: "open-incident",
			reason,
			model: modelOf$1(report),
			baseRef: pull.base.ref,
			base: commits.base,
			codes: codesOf(report.decision.findings)
		},
		at: pull.mergedAt ?? pull.updatedAt,
		by: pull.mergedBy ?? pull.author,
		source: {
			repositoryId: repository.id,
			pullRequest: pull.number,
			headSha: commits.head,
			mergeSha: commits.merge ?? commits.head
		}
	};
}

// bot/incident/past-gate.ts
/**
* Records that a merge went past a gate which could not decide: its policy or its governors could not be read. What
* would have been needed is told as far as it is known; nothing is promoted, whatever that says.
*/
async function recordPastGate(deps, sources, pull, cause) {
	const past = {
		...sources,
		reader: withUnknownRolesEmpty(sources.reader, null)
	};
	const merge = await gatherMerge(past, pull);
	if (isRecorded(merge) || merge.commits.merge === null) return;
	if ((await past.reader.checkRuns(merge.commits.merge, "gatehouse")).some(({ externalId }) => externalId === finalId(pull.number))) return;
	const facts = await gather(past, pull);
	const decision = decide(facts.input);
	if (decision.kind === "nothing" || decision.kind === "allowed" && decision.moves.length === 0) return;
	await publishNotRecorded(deps, facts, toReport$1(facts, decision, deps.now()), cause);
}

// bot/incident/policy-check.ts
const most = 5;
/** Above everything that is said of a pull request which the last readable policy judged. */
function judgedByLast({ since, last }) {
	if (last === null) return [];
	return [paragraph("⚠️ ", { strong: "Judged by the last readable policy" }, ", that of commit ", { code: last.commit.slice(0, 7) }, `: since commit `, { code: since.sha.slice(0, 7) }, ` ${policyPath} on the base branch cannot be read. This pull request changes configuration alone.`)];
}
/** A pull request that waits until the policy of its base can be read: which file, which line, since when, who can mend it. */
function unreadableCheck(pull, { fault, since, last }, governors) {
	const line = fault.where?.line === void 0 ? "" : ` line ${fault.where.line}`;
	const who = governors.length > 0 ? governors.slice(0, most).join(", ") : "an administrator of the repository";
	const by = since.author === null ? "" : ` by ${since.author.login}`;
	const how = last === null ? "No earlier policy of this branch can be read: an administrator merges the repair past the check." : `A pull request that changes ${policyPath} and at most other configuration is judged by the policy of `;
	return waiting(pull, `error:POLICY_UNREADABLE`, `Waiting: ${policyPath}${line} on ${pull.base.ref} cannot be read`, [paragraph({ strong: `${policyPath}${line} on ${pull.base.ref} cannot be read.` }, ` ${fault.message}`), {
		kind: "list",
		items: [
			[
				"Since commit ",
				{ code: since.sha.slice(0, 7) },
				`${by}.`
			],
			[
				"Who can mend it: ",
				who,
				"."
			],
			["How: ", { prose: fault.hint }],
			last === null ? [how] : [
				how,
				{ code: last.commit.slice(0, 7) },
				", the last one that can be read."
			],
			["This pull request waits until then, and is looked at again by itself."]
		]
	}]);
}
/** The repair of a policy whose governors nobody can name. */
function bypassCheck(pull, fault) {
	return waiting(pull, "error:GOVERNORS_UNKNOWN", "Waiting: nobody can say who the governors are", [paragraph({ strong: "Nobody can approve this." }, ` ${fault.message}.`), {
		kind: "list",
		items: [
			["Who can mend it: an administrator of the repository, by merging this pull request past the check."],
			["That is the documented way. It is kept as an incident, which closes when the governors are known again."],
			["When the name comes back on GitHub, this pull request is judged as any other."]
		]
	}]);
}
function waiting(pull, externalId, title, blocks) {
	return {
		name: checkName,
		headSha: pull.head.sha,
		externalId,
		conclusion: "action_required",
		output: {
			title: plainText(title, 120),
			summary: renderMarkdown(blocks),
			text: "",
			annotations: []
		}
	};
}

// bot/incident/policy-fault.ts
/** True when nothing can be decided because of the policy itself: its text, or a role that GitHub does not know. */
const isPolicyFault = (error) => error instanceof InputError && (isUnreadable(error) || isUnknownRole(error));
const isUnreadable = ({ code, where }) => code === "CONFIG_INVALID" && where?.file === ".github/gatehouse.yml";
/**
* Goes on where the policy of the base cannot be read (GATE.md rule 13). A pull request that mends the configuration and
* changes nothing else is judged by the last readable policy; every other one waits, and says for what. Where nobody
* can say who the governors are, an administrator merges the repair past the check, and that is an incident.
* @returns `null` when the fault stands as it was: it is said as any other
*/
async function actPastFault(stopped, act) {
	const { deps, sources, pull, fault } = stopped;
	const commits = await readCommits(sources.reader, pull);
	const unreadable = isUnreadable(fault) ? await findUnreadable(sources, pull, commits) : null;
	const past = {
		...sources,
		reader: withLastPolicy(sources.reader)
	};
	const policy = await readableAt(past, commits.base);
	if (await mendsConfiguration(sources, commits) && policy !== null) {
		const reader = withUnknownRolesEmpty(past.reader, policy.roles.governor ?? null);
		const blocks = unreadable === null ? [] : judgedByLast(unreadable);
		try {
			return { done: await act(blocks.length === 0 ? deps : withBlocksAbove(deps, blocks), {
				...past,
				reader
			}) };
		} catch (error) {
			if (!isUnknownRole(error)) throw error;
			await governorsUnknown({
				...stopped,
				sources: past,
				fault: error
			});
			return { done: null };
		}
	}
	if (pull.merged) return mergedPast({
		...stopped,
		sources: past
	}, policy, unreadable);
	if (unreadable === null) return null;
	const helpers = policy === null ? [] : await governorsOf(past, policy);
	await deps.writer.upsertCheck(unreadableCheck(pull, unreadable, helpers));
	return { done: null };
}
/** The base commit, else the tip of the default branch, which says what is governed. */
async function findUnreadable({ reader }, { base }, commits) {
	const own = await findLastPolicy(reader, commits.base);
	if (own !== null) return own;
	const { defaultBranch } = await reader.repository();
	const tip = defaultBranch === base.ref ? null : await reader.branchHead(defaultBranch);
	return tip === null ? null : findLastPolicy(reader, tip);
}
async function readableAt({ reader }, commit) {
	try {
		return await readPolicy(reader, commit);
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}
/** The policy and beside it at most other configuration: no model's content, no data, no stages. */
async function mendsConfiguration({ reader }, { mergeBase, head }) {
	const changed = diffTrees(await reader.tree(mergeBase), await reader.tree(head));
	return changed.some(({ path, after }) => path === ".github/gatehouse.yml" && after !== null) && changed.every(({ path }) => isConfiguration(path));
}
async function governorsOf({ reader }, { roles }) {
	if (roles.governor === void 0) return [];
	return (await withUnknownRolesEmpty(reader, null).membersOf(roles.governor)).filter(({ kind }) => kind === "User").map(({ login }) => login);
}
/** Nobody can approve the repair: the documented way is an administrator's, past the check, and it is told. */
async function governorsUnknown({ deps, sources, pull, fault }) {
	if (!pull.merged) {
		await deps.writer.upsertCheck(bypassCheck(pull, fault));
		return;
	}
	await recordPastGate(deps, sources, pull, {
		reason: "governors unknown",
		because: `${fault.message}.`,
		final: true
	});
}
async function mergedPast({ deps, sources, pull, fault }, policy, unreadable) {
	if (policy === null) return null;
	const because = `${fault.message}.`;
	if (unreadable !== null) {
		await recordPastGate(deps, sources, pull, {
			reason: "policy unreadable",
			because,
			final: true
		});
		return { done: null };
	}
	const reason = await isKnown(sources, policy) ? "not evaluated" : "governors unknown";
	await recordPastGate(deps, sources, pull, {
		reason,
		because,
		final: false
	});
	return { done: null };
}
/** True when GitHub knows who the governors are. */
async function isKnown({ reader }, { roles }) {
	try {
		if (roles.governor !== void 0) await reader.membersOf(roles.governor);
		return roles.governor !== void 0;
	} catch (error) {
		if (isUnknownRole(error)) return false;
		throw error;
	}
}

// bot/incident/unreadable-merge.ts
/**
* Notes a merge that the app cannot read as it must be: of 250 commits or more, for example. Who merges past the gate chooses
* what is merged, so what nobody can judge must be as much of an incident as what was judged and refused.
*/
async function recordUnreadable(...given) {
	try {
		await note(...given);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
	}
}
async function note(deps, sources, pull, fault) {
	const reader = withLastPolicy(sources.reader);
	const merge = await gatherMerge({
		...sources,
		reader
	}, pull);
	const { base, merge: commit } = merge.commits;
	if (commit === null || isRecorded(merge)) return;
	if ((await reader.checkRuns(commit, "gatehouse")).some(({ externalId }) => externalId === finalId(pull.number))) return;
	const policy = await readPolicy(reader, base);
	if (policy.enforce === false) return;
	const { changed, model } = await readGovernedChange(reader, base, commit);
	if (changed.length === 0) return;
	const where = {
		place: placeOf$1(policy.ledger.branch, pull.base.ref),
		headline: `Note pull request ${pull.number}: merged, not recorded`,
		url: pull.url,
		order: orderOf(pull),
		anchorOn: commit
	};
	await writeNotes(deps, where, [toNote$2(merge, model, fault, commit)]);
	const because = `${fault.message}. ${fault.hint}`;
	await leaveMark(deps, openMark(pull.number), {
		reason: "not evaluated",
		because,
		by: pull.mergedBy?.login ?? null,
		baseRef: pull.base.ref,
		commit,
		model,
		serving: null,
		helpers: []
	});
}
function toNote$2({ pull, commits, repository }, model, { code }, commit) {
	return {
		command: {
			kind: "open-incident",
			reason: "not evaluated",
			model,
			baseRef: pull.base.ref,
			base: commits.base,
			codes: codesOf([{ code: `merge/${code.toLowerCase().replaceAll("_", "-")}` }])
		},
		at: pull.mergedAt ?? pull.updatedAt,
		by: pull.mergedBy ?? pull.author,
		source: {
			repositoryId: repository.id,
			pullRequest: pull.number,
			headSha: commits.head,
			mergeSha: commit
		}
	};
}

// core/audit/policy-preview.ts
/**
* Decides the same facts by the policy of today and by another one. Approvals are taken as given for the same change and
* evidence as it was judged; `anew` says where neither will hold.
* @throws InputError DECISION_UNREADABLE
*/
function previewDecision(input, policy) {
	const under = underPolicy(input, policy);
	const after = decideAgain(under.input);
	const stands = after.kind === "allowed" || after.kind === "nothing";
	return {
		change: input.change,
		before: decideAgain(input).kind,
		after: after.kind,
		by: stands ? [] : blockingRules(after.rules),
		anew: rulesOf(input, input.policy) !== rulesOf(input, policy) || subjectOf(input) !== subjectOf(under.input),
		unknown: under.unknown
	};
}
/** Of what the policy alone says about a request: contracts and models are the same on both sides. */
function rulesOf({ change }, policy) {
	const catalogue = {
		models: /* @__PURE__ */ new Map(),
		datasets: /* @__PURE__ */ new Map(),
		findings: []
	};
	return change.kind === "request" ? rulesDigest({
		policy,
		catalogue,
		change
	}) : null;
}

// bot/ledger/ledger-files.ts
/** Every file of the ledger at a commit. @throws InputError LEDGER_FROZEN for one that is no text of ours */
async function readLedgerFiles(reader, commit, layout) {
	const listing = [...(await reader.tree(commit)).values()].filter(({ path }) => belongsToLedger(path, layout));
	const texts = /* @__PURE__ */ new Map();
	const blobs = [...new Set(listing.map(({ blob }) => blob))];
	await reader.contents(commit, blobs, (blob, bytes) => texts.set(blob, toText(bytes, maxLedgerFileBytes)));
	return new Map(listing.map(({ path, blob }) => {
		const text = texts.get(blob);
		if (text == null) throw frozen([unreadable(path)]);
		return [path, text];
	}));
}
/** True when the app's files are the same at both commits: beside them people may have changed theirs. */
async function isSameLedger(reader, layout, one, other) {
	if (one === other) return true;
	const [before, now] = [await reader.tree(one), await reader.tree(other)];
	const differs = (path) => belongsToLedger(path, layout) && before.get(path)?.blob !== now.get(path)?.blob;
	return ![...before.keys(), ...now.keys()].some(differs);
}
/** A transaction holds the whole input of a decision: more than configuration, less than this. */
const maxLedgerFileBytes = 8388608;
/** Merge commits that the last entries name: their anchors are read even when the branch went far ahead. */
function hintsIn(events) {
	const hints = /* @__PURE__ */ new Set();
	for (let at = events.length - 1; at >= 0 && hints.size < maxHints; at -= 1) {
		const sha = events[at]?.source.mergeSha;
		if (sha !== void 0 && /^[0-9a-f]{40}$/.test(sha)) hints.add(sha);
	}
	return [...hints];
}
const maxHints = 3;
function unreadable(path) {
	return {
		code: "ledger/unreadable",
		severity: "fail",
		message: `${path} is not UTF-8 text of at most ${maxLedgerFileBytes} bytes`,
		where: { file: path },
		fix: "Put the file of the last anchored commit back by a new commit."
	};
}
function moved() {
	return new ConflictError("LEDGER_MOVED", "The ledger moved while it was read", { hint: "Read again and decide again." });
}
/** What was read is older than what an anchor of this minute covers. */
function late() {
	return new ConflictError("LEDGER_MOVED", "GitHub does not show yet what was just written to the ledger", { hint: "Read again and decide again." });
}
function frozen(findings) {
	const first = findings.find(({ severity }) => severity === "fail") ?? findings[0];
	return new InputError("LEDGER_FROZEN", `The ledger is frozen: ${first?.message ?? "it cannot be proven"}`, {
		hint: first?.fix ?? "Promote nothing. Run gatehouse verify and find who pushed to the ledger branch.",
		findings,
		...first?.where === void 0 ? {} : { where: first.where }
	});
}

// bot/policy-preview.ts
/** Promotions that the ledger tells again: files of a ledger that was read to be proven. */
const mostPromotions = 20;
/** Pull requests that are read for it: each is a look of its own. */
const mostOpen = 10;
const mostRefused = 5;
/**
* Says what the policy of a pull request would change. It decides nothing, and what of it cannot be read is said so.
* @returns null: the pull request changes no policy, or none that can be read
*/
async function readPolicyPreview(deps, { reader }, facts) {
	const { change } = facts.input;
	if (change.kind !== "request" || !change.configuration.includes(".github/gatehouse.yml")) return null;
	const bytes = await reader.file(policyPath, facts.commits.head);
	const policy = bytes === null ? null : readable(toText(bytes));
	if (policy === null) return null;
	const [before, base] = [await reader.tree(facts.commits.mergeBase), await reader.tree(facts.commits.base)];
	return {
		replay: await replayRecorded({ reader }, facts, policy),
		...await previewOpen(deps, facts, policy),
		refused: await previewRefused(deps, facts, policy),
		enforces: policy.enforce !== false,
		outdated: before.get(policyPath)?.blob !== base.get(policyPath)?.blob
	};
}
/** What cannot be read is refused elsewhere, with its line. */
function readable(text) {
	try {
		return text === null ? null : parsePolicy(text, policyPath);
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}
async function replayRecorded({ reader }, { ledger }, policy) {
	const promoted = ledger.events.filter(({ data }) => data.type === "VersionPromoted");
	const listing = ledger.commit === null ? /* @__PURE__ */ new Map() : await reader.tree(ledger.commit);
	const wanted = filesOf$1(promoted.slice(-40), [...listing.keys()]);
	const texts = await readBlobs(reader, [...new Set(wanted.map((path) => listing.get(path)?.blob ?? ""))], maxLedgerFileBytes);
	const transactions = wanted.map((path) => parseTransaction(texts.get(listing.get(path)?.blob ?? "") ?? "", path)).sort((a, b) => a.gfirst - b.gfirst);
	return replayPolicy(recordedDecisions(transactions).filter(isPromotion), policy, mostPromotions);
}
/** The files that hold these events: of each the last that begins at it or before it. */
function filesOf$1(events, paths) {
	const firsts = /* @__PURE__ */ new Map();
	for (const path of paths.filter(isTransactionPath)) {
		const [, stream = "", first] = /^audit\/(.+)\/\d+\/(\d+)\.json$/.exec(path) ?? [];
		firsts.set(`model/${stream}`, [...firsts.get(`model/${stream}`) ?? [], {
			path,
			first: Number(first)
		}]);
	}
	const found = events.flatMap(({ stream, seq }) => {
		return (firsts.get(stream) ?? []).filter(({ first }) => first <= seq).sort((a, b) => b.first - a.first)[0]?.path ?? [];
	});
	return [...new Set(found)];
}
async function previewOpen(deps, { pull }, policy) {
	const { reader } = openSources(deps);
	const others = (await reader.pulls({
		state: "open",
		base: pull.base.ref,
		limit: 12
	})).filter(({ number }) => number !== pull.number).map(({ number }) => number);
	return {
		open: (await previewEach(deps, others.slice(0, mostOpen), policy)).filter((each) => each.kind === "unread" || each.change.kind !== "nothing"),
		more: others.length > mostOpen
	};
}
async function previewRefused(deps, { ledger, pull }, policy) {
	const numbers = incidentsOf(ledger.snapshot.states).filter((incident) => isOpen(incident) && incident.baseRef === pull.base.ref).filter(({ reason }) => reason === "refused" || reason === "waiting").flatMap(({ pullRequest }) => pullRequest ?? []);
	return previewEach(deps, [...new Set(numbers)].reverse().slice(0, mostRefused), policy);
}
async function previewEach(deps, numbers, policy) {
	const pulls = [];
	for (const number of numbers) pulls.push(await previewPull(deps, number, policy));
	return pulls.sort((a, b) => b.number - a.number);
}
/** Another pull request must not hold this one up: whoever opens one could. */
async function previewPull(deps, number, policy) {
	try {
		const sources = openSources(deps, number);
		const facts = await gather(sources, await sources.reader.pull(number));
		if (!isCounted(facts)) return {
			kind: "unread",
			number,
			because: notCounted
		};
		return {
			kind: "decided",
			number,
			...previewDecision(facts.input, policy)
		};
	} catch (error) {
		if (error instanceof LimitError || error instanceof ConflictError) throw error;
		const code = error instanceof GatehouseError ? error.code : "GATEHOUSE_FAULT";
		if (!(error instanceof InputError)) deps.log.warn({
			number,
			error
		}, "a pull request could not be previewed");
		return {
			kind: "unread",
			number,
			because: `It could not be read: ${code}. Its own check says more.`
		};
	}
}
const notCounted = "Its result is not counted yet, and is told there first.";
/** What was read off held-out labels is counted before anybody is shown what follows from it (GATE.md rule 17). */
function isCounted({ evidence: { judgement }, input, ledger }) {
	if (judgement === null) return true;
	const { evidence } = judgement;
	const look = findLook(evidence, input.repositoryId, ledger.snapshot.states.get(evidence.model) ?? null);
	return look === null || look.counted;
}

// bot/publish/publish.ts
/** Shows within seconds that somebody looks, and that an older comment is old. */
async function startCheck(deps, reader, pull) {
	const current = (await reader.checkRuns(pull.head.sha, checkName)).filter(({ externalId }) => !isFixed(externalId)).at(-1);
	if (current !== void 0) {
		if (isNearlyStale(current, deps.now())) await deps.writer.upsertCheck(renewedCheck(pull.head.sha));
		return;
	}
	await deps.writer.upsertCheck(startedCheck(pull.head.sha));
	await deps.writer.markOutOfDate(pull.number, pull.head.sha);
}
/**
* GitHub gives a check up that is not completed for two weeks.
* @see https://docs.github.com/rest/checks/runs
*/
const renewedAfterMs$1 = 11232e5;
/** A time that cannot be read is old. */
function isNearlyStale({ status, startedAt }, now) {
	const ageMs = Date.parse(now) - Date.parse(startedAt ?? "");
	return status !== "completed" && startedAt !== null && !(ageMs < renewedAfterMs$1);
}
/** Ends a check that is still open; one that ended stays as it is. */
async function endCheck(deps, reader, check) {
	const current = (await reader.checkRuns(check.headSha, checkName)).filter(({ externalId }) => !isFixed(externalId)).at(-1);
	if (current !== void 0 && current.status !== "completed") await deps.writer.upsertCheck(check);
}
/**
* Comment, evidence check, decision check, reviewers: in this order, so that nobody approves what he could not see.
* @param shown what the check says: of another pull request with the same head when that stands worse; null: leave it
*/
async function publishDecision(deps, facts, report, shown) {
	const { pull } = facts;
	const { decision } = report;
	if (decision.kind !== "nothing") await deps.writer.upsertComment(pull.number, commentOf(report));
	if (decision.subject !== null) await leaveEvidence(deps, report, decision.subject);
	if (shown !== null) {
		const check = toCheck(shown.headSha, shown.decision.subject, renderCheck(shown));
		const runs = facts.evidence.runs.some(({ status }) => status !== "completed");
		await deps.writer.upsertCheck(runs ? keepProgress(check) : check);
	}
	if (decision.subject !== null && !pull.draft) await askReviewers(deps, pull, report);
}
/** Once for each head and subject, never updated: what a review at this head could see (GATE.md rule 5). */
async function leaveEvidence(deps, report, subject) {
	const { title, summary, text } = renderCheck(report);
	await deps.writer.createFixedCheck({
		name: evidenceCheckName,
		headSha: report.headSha,
		externalId: subject,
		conclusion: "neutral",
		output: {
			title: `Evidence for ${subject.slice(7, 19)}`,
			summary: `What an approval of this commit is about, from now on: \`${subject}\`.\n\nWhen this was left: ${title}\n\n${summary}`.slice(0, 65e3),
			text,
			annotations: []
		}
	});
}

// bot/record/count-look.ts
/**
* Counts what a believed judgement read off the held-out labels, before anybody is shown it, then what other runs of the
* pull request read (GATE.md rules 17 and 18). The count is in the ledger, because runs can be deleted. Nothing is written
* for a result that was counted before.
* @returns the facts with the ledger as it is after that: written by compare-and-swap on the one that was proven
* @throws ConflictError LEDGER_MOVED when others kept winning: read again
*/
async function countLook(deps, facts) {
	const { judgement, looks } = facts.evidence;
	let { ledger } = facts;
	for (const each of judgement === null ? looks : [judgement, ...looks]) {
		const state = ledger.snapshot.states.get(each.evidence.model) ?? null;
		const look = findLook(each.evidence, facts.input.repositoryId, state);
		if (look === null) continue;
		await deps.ledgerWriter.ensureAnchor(deps, ledger, facts.commits.base);
		if (!look.counted) ledger = await writeLook(deps, facts, each, look);
	}
	return ledger === facts.ledger ? facts : withItsLook({
		...facts,
		ledger
	});
}
/** Another process may have counted in between: what is decided on is what the ledger says. */
function withItsLook(facts) {
	const { evidence, input, ledger } = facts;
	if (evidence.judgement === null) return facts;
	const judged = evidence.judgement.evidence;
	const look = findLook(judged, input.repositoryId, ledger.snapshot.states.get(judged.model) ?? null);
	if (look?.counted !== true) return facts;
	const { heldOutCharge: _, ...rest } = input;
	const charge = look.charged === null ? {} : { heldOutCharge: look.charged };
	return {
		...facts,
		input: {
			...rest,
			heldOutLook: look.number,
			...charge
		}
	};
}
async function writeLook(deps, { pull, commits, policy }, judgement, look) {
	const { model, repositoryId, heldOut } = look.facts;
	const actor = chargedPerson(judgement.run, pull);
	const { commit, ledger } = await deps.ledgerWriter.write(deps, {
		place: placeOf$1(policy.ledger.branch, pull.base.ref),
		headline: `${countHeadline}${look.number} on the held-out set of ${model}`,
		url: pull.url,
		anchorOn: commits.base,
		plan: ({ states }) => {
			const now = findLook(judgement.evidence, repositoryId, states.get(model) ?? null);
			if (now === null || now.counted) return [];
			const charged = nextCharge(states.values(), heldOut, actor.id);
			return [toRequest({
				pull,
				base: commits.base,
				actor,
				charged
			}, judgement, look)];
		}
	});
	deps.log.info({
		pull: pull.number,
		commit,
		model,
		look: look.number
	}, "counted");
	return ledger;
}
function toRequest({ pull, base, actor, charged }, { evidence, sealed, key, run }, { facts }) {
	const { heldOut, result, model, repositoryId } = facts;
	return {
		model,
		command: {
			kind: "use-held-out",
			heldOut,
			result,
			charged
		},
		facts: {
			at: run.updatedAt,
			actor,
			source: {
				repositoryId,
				pullRequest: pull.number,
				headSha: evidence.origin.headSha,
				mergeSha: base
			},
			approvals: [],
			decisionInput: null,
			sealed: [{
				...sealed,
				jwk: key
			}]
		}
	};
}

// bot/record/earlier-merges.ts
/** A merge that nobody told of for so long is found by the whole reconcile, and stands behind what was written since. */
const lookBackMs = 36e5;
const lines = /* @__PURE__ */ new WeakMap();
function lineOf(writer) {
	const line = lines.get(writer) ?? {
		looking: /* @__PURE__ */ new Map(),
		done: /* @__PURE__ */ new Set(),
		settled: /* @__PURE__ */ new Set(),
		listed: [],
		asking: null
	};
	lines.set(writer, line);
	return line;
}
/** Says that a merge is looked at, so that no later one looks at it as well. */
async function inLine({ looking, done }, number, look) {
	looking.set(number, (looking.get(number) ?? 0) + 1);
	try {
		const result = await look();
		done.add(number);
		return result;
	} finally {
		const left = (looking.get(number) ?? 1) - 1;
		if (left > 0) looking.set(number, left);
		else looking.delete(number);
	}
}
/**
* Merges of the last hour before this one that may still have to be written, oldest first: a delivery that was lost or is
* late must not change in which order the ledger says what happened.
* @param events of the ledger: what is written there is done
*/
async function listEarlier(line, reader, pull, events) {
	const { mergedAt } = pull;
	if (mergedAt === null) return [];
	const since = (/* @__PURE__ */ new Date(Date.parse(mergedAt) - lookBackMs)).toISOString();
	const ask = () => reader.pulls({
		state: "all",
		updatedSince: since
	});
	const listed = await listAround(line, pull, ask);
	const written = new Set(events.map(({ source }) => source.mergeSha));
	return listed.filter((each) => each.mergedAt !== null && each.mergedAt >= since && orderOf(each) < orderOf(pull) && !line.done.has(each.number) && !line.looking.has(each.number) && !written.has(each.mergeCommit ?? "")).sort((a, b) => orderOf(a) < orderOf(b) ? -1 : 1).map(({ number }) => number);
}
/** A list that shows this merge shows those before it. */
async function listAround(line, pull, ask) {
	const shows = (listed) => listed.some(({ number, merged }) => merged && number === pull.number);
	if (shows(line.listed)) return line.listed;
	const shared = line.asking;
	if (shared !== null && shows(await shared)) return shared;
	const asked = ask();
	line.asking = asked;
	try {
		line.listed = await asked;
		return line.listed;
	} finally {
		if (line.asking === asked) line.asking = null;
	}
}

// bot/record/publish-recorded.ts
/**
* Anchors what was recorded for a merge and shows it. Everything shown is what the ledger holds, so that a look after a
* crash shows the same.
* @param written what was written just now; absent: it is read back
*/
async function publishRecorded(deps, sources, facts, written) {
	const { ledger, commits, pull } = facts;
	const events = eventsOf(facts);
	const last = events.at(-1);
	if (last === void 0 || commits.merge === null) throw notThere(pull.number);
	if (ledger.anchored <= last.gseq) await deps.ledgerWriter.ensureAnchor(deps, ledger, commits.merge);
	const report = toReport(deps, written ?? await readEntry(sources, facts, events), facts, events);
	await deps.writer.upsertComment(pull.number, commentOf(report));
	await deps.writer.upsertCheck(toCheck(report.headSha, report.decision.subject, renderCheck(report)));
}
async function readEntry({ reader }, { ledger, pull }, events) {
	const path = entryPath(events[0], ledger);
	const bytes = ledger.commit === null ? null : await reader.file(path, ledger.commit);
	if (bytes === null || ledger.commit === null) throw notThere(pull.number);
	const { decisionInput } = parseTransaction(new TextDecoder().decode(bytes), path);
	const [written] = await reader.commitsOf(ledger.commit, 1, path);
	return {
		input: decisionInput,
		commit: written?.sha ?? ledger.commit
	};
}
function toReport(deps, { input, commit }, facts, events) {
	const { ledger, pull, repository } = facts;
	const last = events.at(-1);
	const before = ledger.events.slice(0, (last?.gseq ?? -1) + 1);
	const from = ledger.before !== void 0 && ledger.before.size <= before.length ? ledger.before : emptyHead;
	const hashes = before.slice(from.size).map(({ hash }) => hash);
	const { size, root } = extendHead(from, hashes);
	return {
		input,
		decision: decide(input),
		pullRequest: pull.number,
		headSha: facts.commits.head,
		run: runOf(input, repository.url),
		repositoryUrl: repository.url,
		baseSha: facts.commits.base,
		tried: [],
		...toLooks(input, before, pull.number),
		...toChampion(input, ledger.snapshot),
		updatedAt: deps.now(),
		recorded: {
			ledgerUrl: `${repository.url}/commit/${commit}`,
			files: filesOf(events, ledger),
			size,
			root
		}
	};
}
/** The run that the decision rested on, as the report before the merge named it. */
function runOf(input, repositoryUrl) {
	const origin = input.judgement?.origin ?? input.validation?.origin;
	const id = origin?.runId ?? input.runs[0]?.id;
	if (id === void 0) return null;
	return {
		id,
		attempt: origin?.runAttempt ?? 1,
		url: `${repositoryUrl}/actions/runs/${id}`
	};
}
/** A transaction's file carries the number of its first event: the newest file that is not after this event. */
function entryPath(event, ledger) {
	const model = modelOf(event);
	const first = ledger.events.find(({ stream, operation }) => stream === event?.stream && operation === event.operation);
	return transactionPath(model, first?.seq ?? 0);
}
function filesOf(events, ledger) {
	const model = modelOf(events[0]);
	const paths = events.flatMap((event) => {
		const { data } = event;
		return [
			...data.type === "VersionRegistered" ? [versionPath(model, data.record.version)] : [],
			..."endpoint" in data && data.endpoint !== null ? [endpointPath(data.endpoint, model)] : [],
			entryPath(event, ledger),
			operationPath(model, event.operation)
		];
	});
	const always = [
		statePath(model),
		statusPath(model),
		cardPath(model),
		headPath,
		frontPagePath(ledger.layout)
	];
	return [.../* @__PURE__ */ new Set([...paths, ...always])].sort();
}
const modelOf = (event) => event?.stream.slice(6) ?? "";
function notThere(number) {
	return new ServiceError("LEDGER_ENTRY_GONE", `What pull request ${number} recorded could not be read back`, { hint: "Look again; if it stays so, run \"gatehouse verify\"." });
}

// core/audit/append.ts
/**
* Chains the events of one transaction to the ledger. Nothing is written here: the caller puts `files` and the
* registry files of `state` into ONE commit with compare-and-swap on the ledger's ref.
* @param head the ledger's head as it is now
* @param state the model's state as it is now
* @param events what `propose` returned for that state
* @throws ConflictError LEDGER_OPERATION_KNOWN when this operation is in the ledger already
* @throws InputError LEDGER_EMPTY, LEDGER_ENTRY_INVALID, CANONICAL_JSON, LEDGER_EVENT_ILLEGAL: what could not be read back is not written
*/
function appendTransaction(head, state, events, facts) {
	const [cause] = events;
	if (!cause) throw new InputError("LEDGER_EMPTY", "a transaction without events", { hint: "Propose a command first." });
	const operation = operationId(operationFactsOf(state.model, cause, facts.source));
	if (state.operations.has(operation)) throw new ConflictError("LEDGER_OPERATION_KNOWN", `operation ${operation} is in the ledger already`, { hint: "Nothing needs to be written: read the ledger again and report what it says." });
	const transaction = chain(head, state, events, facts, operation);
	const path = transactionPath(state.model, transaction.first);
	const text = renderTransaction(transaction);
	const written = parseTransaction(text, path).events;
	const nextHead = extendHead(head, written.map(({ hash }) => hash));
	return {
		files: /* @__PURE__ */ new Map([
			[path, text],
			[operationPath(state.model, operation), `${path}\n`],
			[headPath, renderHead(nextHead)]
		]),
		head: nextHead,
		state: written.reduce(evolve, state),
		events: written
	};
}
function chain(head, state, events, facts, operation) {
	const stream = streamOf(state.model);
	const { sealed, decisionInput } = parseStrictJson(canonicalJson({
		decisionInput: facts.decisionInput,
		sealed: facts.sealed
	}), "decision");
	const decision = digestOfDecision({
		sealed,
		decisionInput
	});
	const { at, actor, source, approvals } = facts;
	let prev = state.lastHash;
	const chained = events.map((data, at_) => {
		const [seq, gseq] = [state.lastSeq + 1 + at_, head.size + at_];
		const event = {
			v: 1,
			stream,
			seq,
			gseq,
			at,
			actor,
			source,
			operation,
			data,
			approvals,
			decision,
			prev
		};
		prev = hashEvent(event);
		return {
			...event,
			hash: prev
		};
	});
	const [first, gfirst] = [state.lastSeq + 1, head.size];
	return {
		kind: "AuditTransaction",
		v: 1,
		stream,
		first,
		gfirst,
		events: chained,
		decisionInput,
		sealed
	};
}

// core/audit/record.ts
/**
* Makes the content of one ledger commit: each request becomes one transaction, in order, and every registry file that
* it changes is rendered again.
* @throws ConflictError LEDGER_CHAMPION_MOVED, LEDGER_STAGE_MOVED, LEDGER_OPERATION_KNOWN
* @throws InputError see `propose` and `appendTransaction`
*/
function recordRequests(snapshot, requests, layout, renderers) {
	return renderAppending(snapshot, appendRequests(snapshot, requests), layout, renderers);
}
/**
* Chains the requests of one pull request to the ledger, all or none.
* @throws as `recordRequests`
*/
function appendRequests(snapshot, requests) {
	let { head } = snapshot;
	const states = new Map(snapshot.states);
	const files = /* @__PURE__ */ new Map();
	const events = [];
	for (const { model, command, facts } of requests) {
		const state = states.get(model) ?? emptyState(model);
		const appended = appendTransaction(head, state, propose(continued(command, snapshot.states.get(model), state), state), facts);
		head = appended.head;
		states.set(model, appended.state);
		events.push(...appended.events);
		for (const [path, text] of appended.files) files.set(path, text);
	}
	return {
		files,
		snapshot: {
			head,
			states
		},
		events
	};
}
/** Adds every registry file that is different after the transactions: each once, however many there were. */
function renderAppending(before, appending, layout, renderers) {
	const { snapshot, events } = appending;
	const files = new Map(appending.files);
	for (const [model, after] of snapshot.states) {
		const earlier = before.states.get(model);
		if (after !== earlier) addChanged(files, earlier, after, renderers);
	}
	const sorted = [...snapshot.states.values()].sort((a, b) => a.model < b.model ? -1 : 1);
	files.set(frontPagePath(layout), renderers.readme(sorted));
	return {
		files,
		snapshot,
		events
	};
}
/** True when the ledger has done what a merge asks for, even if it was undone since: it is never done twice. */
function isInLedger({ states }, { model, command, facts }) {
	const state = states.get(model);
	if (state === void 0) return false;
	const { repositoryId, pullRequest, mergeSha } = facts.source;
	if (command.kind === "review-break-glass") {
		const own = {
			kind: "break-glass-reviewed",
			repositoryId,
			model,
			used: command.pullRequest,
			mergeSha
		};
		return state.operations.has(operationId(own));
	}
	if (command.kind !== "register" && command.kind !== "move") return false;
	const common = {
		repositoryId,
		pullRequest,
		mergeSha,
		model
	};
	if (command.kind === "register") {
		const artifactDigest = command.record.artifact.digest;
		return wasRecorded(state, {
			...common,
			artifactDigest,
			from: null,
			to: "registered",
			endpoint: null
		});
	}
	const { version, from, to, endpoint } = command;
	return wasRecorded(state, {
		...common,
		version,
		from,
		to,
		endpoint
	});
}
/** A request for two endpoints: once promoted at the first one, the version comes from production at the second. */
function continued(command, before, now) {
	if (command.kind !== "move" || command.to !== "production") return command;
	const seen = before?.versions.get(command.version)?.stage;
	const isPromoted = now.versions.get(command.version)?.stage === "production";
	return seen === command.from && isPromoted ? {
		...command,
		from: "production"
	} : command;
}
function addChanged(files, before, after, renderers) {
	const old = before ? renderModelFiles(before, renderers) : /* @__PURE__ */ new Map();
	for (const [path, text] of renderModelFiles(after, renderers)) if (old.get(path) !== text) files.set(path, text);
}

// core/registry/same-ledger.ts
/**
* Decides again when only the ledger may have changed since: a decision is a function of its input, so that it stands
* while everything in the input that came from the ledger is the same. Otherwise it is sent back, to be read and judged
* anew: it never met what is there now.
* @param state of the model that the input is about, as the ledger is now; null: the ledger does not know it
* @throws ConflictError LEDGER_CHAMPION_MOVED, LEDGER_STAGE_MOVED, LEDGER_LOOK_MOVED
*/
function requireSameLedger(input, state) {
	const now = toLedgerFacts(input.change, state);
	if (canonicalJson(now.champions) !== canonicalJson(input.ledger.champions)) throw championMoved(input.ledger, now, state);
	if (canonicalJson(now.artifacts) !== canonicalJson(input.ledger.artifacts)) throw stageMoved(input.ledger, now);
	requireSameLook(input, state);
}
/**
* An emergency was decided knowing every other one of the ledger; any other move, those of its own model.
* @throws ConflictError LEDGER_EMERGENCY_MOVED
*/
function requireSameUses(input, states) {
	const { change, breakGlass, now = "" } = input;
	const isCounted = ({ model }) => breakGlass?.asked !== void 0 || change.kind === "request" && model === change.model;
	const uses = usesBefore(states.values(), now).filter(isCounted);
	if (canonicalJson(uses) === canonicalJson((breakGlass?.uses ?? []).filter(isCounted))) return;
	throw new ConflictError("LEDGER_EMERGENCY_MOVED", "Another emergency was recorded or reviewed meanwhile", { hint: "Read the ledger again and decide again." });
}
function requireSameLook({ judgement, repositoryId, heldOutLook }, state) {
	if (judgement === null || heldOutLook === void 0) return;
	const look = findLook(judgement, repositoryId, state);
	if (look === null || look.number === heldOutLook) return;
	throw new ConflictError("LEDGER_LOOK_MOVED", `It was decided as look ${heldOutLook} on the held-out set and is look ${look.number} now`, { hint: "Read the ledger again and decide again." });
}
function championMoved(before, now, state) {
	const endpoints = [...before.champions, ...now.champions].map(({ endpoint }) => endpoint);
	const versionAt = (facts, at) => facts.champions.find(({ endpoint }) => endpoint === at)?.version;
	const moved = endpoints.find((at) => versionAt(before, at) !== versionAt(now, at)) ?? endpoints[0] ?? "";
	const by = state?.endpoints.get(moved)?.by.pullRequest;
	const since = by === void 0 ? "" : ` since pull request ${by}`;
	return new ConflictError("LEDGER_CHAMPION_MOVED", `${nameOf(versionAt(now, moved))} serves ${moved}${since}; this was decided when ${nameOf(versionAt(before, moved))} served there`, { hint: "Read the ledger again and judge against the champion of now." });
}
function stageMoved(before, now) {
	const changed = before.artifacts.find((each) => canonicalJson(each) !== canonicalJson(now.artifacts.find(({ version }) => version === each.version) ?? null));
	const version = changed?.version ?? now.artifacts[0]?.version;
	const stage = now.artifacts.find((each) => each.version === version)?.stage ?? "unknown";
	return new ConflictError("LEDGER_STAGE_MOVED", `v${version} is ${stage} now; the decision saw it ${changed?.stage ?? "unknown"}`, { hint: "Read the ledger again and decide again." });
}
const nameOf = (version) => version === void 0 ? "nothing" : `v${version}`;

// core/policy/shared-head.ts
/**
* What the check of a commit says when several open pull requests with governed bases have it as head (GATE.md rule 9). On each
* base they are one: what would be merged there is the same, so approvals are pooled, the makers of all are excluded and
* the best of them speaks, since only one may hold the evidence. Of several bases the worst speaks: GitHub lets each of
* them merge by that check. A pull request from a fork says nothing about a head that a branch of the repository has,
* or any stranger could hold that branch up.
* @param inputs all of them, at least one
* @returns the one whose decision is shown
*/
function decideTogether(inputs) {
	const all = inputs.map((input, at) => ({
		input,
		at
	}));
	const own = all.filter(({ input }) => !input.fork);
	const counted = own.length > 0 ? own : all;
	return [...new Set(counted.map(({ input }) => input.baseRef))].map((base) => bestOf(counted.filter(({ input }) => input.baseRef === base))).reduce((a, b) => holdRank(b) < holdRank(a) ? b : a);
}
/**
* One of several pull requests with the same head and base, as if all of them were it: whoever reviewed one of them reviewed this content, and
* whoever made or opened one of them has a hand in it.
*/
function poolShared(input, others) {
	if (others.length === 0) return input;
	const all = [input, ...others];
	const reviews = all.flatMap((each) => each.reviews);
	return {
		...input,
		reviews: [...new Map(reviews.map((review) => [review.id, review])).values()].sort((a, b) => a.id - b.id),
		exclusions: all.flatMap((each) => each.exclusions),
		pushersKnown: all.every((each) => each.pushersKnown),
		...all.some((each) => each.openedByBot === true) ? { openedByBot: true } : {},
		canApprove: commonTo(all)
	};
}
/** A role that one of them does not name is not known to be empty. */
function commonTo(inputs) {
	const [first, ...rest] = inputs.map(({ canApprove }) => new Map(Object.entries(canApprove)));
	const common = [...first ?? []].map(([role, people]) => {
		return [role, people.filter((login) => rest.every((each) => each.get(role)?.includes(login) !== false))];
	});
	return Object.fromEntries(common);
}
function bestOf(same) {
	return same.map(({ input, at }) => {
		const pooled = poolShared(input, same.filter((each) => each.at !== at).map((each) => each.input));
		return {
			at,
			input: pooled,
			decision: decide(pooled)
		};
	}).reduce((a, b) => rank(b) > rank(a) ? b : a);
}
const holding = [
	"refused",
	"not evaluated",
	"waiting"
];
const order = [
	...holding,
	"allowed",
	"nothing"
];
const rank = ({ decision }) => rankOf(decision);
/** Of several decisions about one content the highest speaks. */
const rankOf = ({ kind }) => order.indexOf(kind);
/** Of several bases: one that holds the merge up comes before every one whose policy only reports. */
function holdRank(shared) {
	const reports = shared.input.policy.enforce === false;
	return rank(shared) + (reports || !holding.includes(shared.decision.kind) ? holding.length : 0);
}

// bot/twins.ts
const isFork = (pull, repository) => pull.head.repositoryId !== repository.id;
/** Other open pull requests with the same head, whose base is governed: they share the check, which is the commit's. */
async function readTwins({ reader }, repository, pull) {
	const twins = [];
	for (const number of await reader.pullsOfCommit(pull.head.sha)) {
		if (number === pull.number) continue;
		const twin = await reader.pull(number);
		if (twin.state !== "open" || twin.head.sha !== pull.head.sha) continue;
		if ((await readGovernance(reader, repository, twin.base.ref)).kind === "governed") twins.push(twin);
	}
	return twins;
}
/**
* The facts of whatever shares the check of this head: those of a branch of the repository, or, where none has it, those
* from forks. Anybody can open one from a fork: it says nothing about a branch (GATE.md rule 9).
* @returns null: the check is that of a branch of the repository, and this one is from a fork
*/
async function gatherTwins(sources, own) {
	const { repository, pull } = own;
	const all = await readTwins(sources, repository, pull);
	const branches = all.filter((twin) => !isFork(twin, repository));
	if (isFork(pull, repository) && branches.length > 0) return null;
	const twins = [];
	for (const twin of isFork(pull, repository) ? all : branches) twins.push(await gather(sources, twin));
	return twins;
}
/** What is decided about this one, with the approvals and the makers of those that share head and base. */
function decideShared(own, twins) {
	const same = twins.filter((twin) => isSame(own, twin));
	const input = poolShared(own.input, same.map((each) => each.input));
	return {
		facts: {
			...own,
			input
		},
		decision: decide(input)
	};
}
/** What the check of the head says of all that have it. */
function decideCheck(own, twins) {
	const all = [own, ...twins];
	const { at, input, decision } = decideTogether([own.input, ...twins.map((each) => each.input)]);
	return {
		facts: {
			...all[at] ?? own,
			input
		},
		decision
	};
}
/** A merge, or one that is queued, is decided with the same others as the check before it. */
async function decideMerged(sources, own) {
	const { pull, commits, input } = own;
	if (input.change.kind !== "request") return {
		...decideShared(own, []),
		speaks: pull.number
	};
	const twins = [];
	for (const twin of await readSame(sources, pull)) {
		const facts = await gather(sources, {
			...twin,
			mergedAt: pull.mergedAt
		}, commits.base);
		if (isSame(own, facts)) twins.push(facts);
	}
	return {
		...decideShared(own, twins),
		speaks: speakerOf(own, twins)
	};
}
/** One that was merged by the same merge, and has no evidence, must not silence the one that has it. */
function speakerOf(own, twins) {
	const { merge } = own.commits;
	const all = [own, ...twins.filter(({ commits }) => merge !== null && commits.merge === merge)];
	if (all.length === 1) return own.pull.number;
	return all.map((facts) => decideShared(facts, [own, ...twins].filter((each) => each !== facts))).sort((a, b) => a.facts.pull.number - b.facts.pull.number).reduce((a, b) => rankOf(b.decision) > rankOf(a.decision) ? b : a).facts.pull.number;
}
/** Numbers of the others with this head and base that GitHub says the same merge merged. */
async function mergedWith(sources, pull) {
	return (await readSame(sources, pull)).flatMap(({ number, mergeCommit }) => mergeCommit === pull.mergeCommit ? [number] : []);
}
/** True when this merge has registered a version for another pull request: the same bytes are never registered twice. */
function isRegistered({ commits, pull, ledger }, { moves }) {
	return moves.some(({ kind, model }) => kind === "registration" && registersMerge(ledger.snapshot, model, pull.number, commits.merge));
}
const registersMerge = ({ states }, model, number, merge) => [...states.get(model)?.versions.values() ?? []].some(({ record: { lineage } }) => lineage.mergeCommit === merge && lineage.pullRequest !== number);
/**
* Others with this head and this base that are open or merged. One that somebody opens after a merge changes nothing of what
* was merged: a squash leaves the head free for that.
*/
async function readSame({ reader }, pull) {
	const same = [];
	for (const number of await reader.pullsOfCommit(pull.head.sha)) {
		if (number === pull.number) continue;
		const twin = await reader.pull(number);
		const asked = twin.merged || twin.state === "open";
		const isLate = pull.mergedAt !== null && twin.createdAt > pull.mergedAt;
		if (asked && !isLate && twin.head.sha === pull.head.sha && twin.base.ref === pull.base.ref) same.push(twin);
	}
	return same;
}
const isSame = (one, other) => one.pull.base.ref === other.pull.base.ref && one.input.fork === other.input.fork;

// bot/record/record.ts
/**
* Writes everything that an allowed merge moves into the ledger, with whatever else waits for it, in one commit that is
* made only if the ledger is still the one that each of them was decided on.
* @param handedOver called when later merges need not wait for this one any more
* @throws ConflictError LEDGER_MOVED, LEDGER_CHAMPION_MOVED, LEDGER_STAGE_MOVED, LEDGER_LOOK_MOVED: read again and
* decide again, never write again
*/
async function record(deps, facts, decision, handedOver) {
	const { number } = facts.pull;
	const writing = deps.ledgerWriter.write(deps, toJob(facts, decision));
	handedOver();
	const written = await writing;
	deps.log.info({
		pull: number,
		commit: written.commit
	}, "in the ledger");
	return written;
}
/** A decision that waits to be written: it stands only on a ledger that says the same as the one it was made on. */
function toJob(facts, decision) {
	const { pull, policy, input, commits } = facts;
	const requests = toRequests(facts, decision);
	const { change } = input;
	const model = change.kind === "request" ? change.model : null;
	return {
		place: placeOf$1(policy.ledger.branch, pull.base.ref),
		headline: `Record pull request ${pull.number}: ${describe(decision, input)}`,
		url: pull.url,
		order: orderOf(pull),
		anchorOn: commits.merge ?? commits.base,
		plan: (snapshot) => {
			if (requests.some((request) => isInLedger(snapshot, request))) return [];
			requireOneRegistration(requests, snapshot);
			requireSameLedger(input, model === null ? null : snapshot.states.get(model) ?? null);
			requireSameUses(input, snapshot.states);
			return requests;
		}
	};
}
/** Another pull request that the same merge merged may have been recorded while this one was read. */
function requireOneRegistration(requests, snapshot) {
	for (const { model, command, facts } of requests) {
		const { pullRequest, mergeSha } = facts.source;
		if (command.kind === "register" && registersMerge(snapshot, model, pullRequest, mergeSha)) throw new ConflictError("LEDGER_MERGE_RECORDED", `Merge ${mergeSha.slice(0, 12)} was recorded meanwhile`, { hint: "Read the ledger again: another pull request with the same content was merged by it." });
	}
}
/** Names of models are checked, so nothing here comes from people. */
function describe({ moves, passedOver }, { breakGlass }) {
	const [move] = moves;
	const [review] = breakGlass?.reviews ?? [];
	if (move === void 0) return review === void 0 ? "nothing" : `review of the break-glass of #${review.pullRequest}`;
	const more = moves.length > 1 ? ` and ${moves.length - 1} more` : "";
	if (move.kind === "registration") return `register ${move.model}${more}`;
	const at = move.endpoint === null ? "" : ` at ${move.endpoint}`;
	const how = passedOver === void 0 ? "" : " by break-glass";
	return `${move.model} v${move.version} to ${move.to}${at}${more}${how}`;
}

// bot/settle.ts
/**
* Decides about a merge on facts that do not change any more, and writes it down: a merge compares nothing with the
* base, so what was green before it may not be allowed any more.
*/
async function settle$1(deps, sources, pull, look) {
	const handedOver = deps.ledgerWriter.beginMerge(orderOf(pull));
	try {
		await inLine(lineOf(deps.ledgerWriter), pull.number, () => settleInTurn(deps, sources, {
			pull,
			look,
			handedOver
		}));
	} finally {
		handedOver();
	}
}
async function settleInTurn(deps, sources, turn) {
	const { pull, handedOver } = turn;
	const merge = await gatherMerge(sources, pull);
	if (isRecorded(merge)) return publishRecorded(deps, sources, merge);
	if (await isFinal(deps, sources, merge)) return;
	if (await lookAtEarlier(deps, sources, merge, turn)) throw earlierCame(pull);
	if ((await mergedWith(sources, pull)).some((number) => isRecorded({
		...merge,
		pull: {
			...pull,
			number
		}
	}))) return;
	const alone = await countLook(deps, await gather(sources, pull));
	const { facts, decision, speaks } = await decideMerged(sources, alone);
	if (speaks !== pull.number || isRegistered(facts, decision)) return;
	const report = toReport$1(facts, decision, deps.now());
	if (decision.moves.length + reviewsOf(facts.input).length > 0 && decision.kind === "allowed") {
		const { ledger, commit } = await record(deps, facts, decision, handedOver);
		if (commit === null) return settleAgain(deps, pull);
		return publishRecorded(deps, sources, {
			...merge,
			ledger
		}, {
			input: facts.input,
			commit
		});
	}
	if (decision.kind === "nothing" || decision.kind === "allowed") {
		if (decision.kind === "allowed") await deps.writer.upsertComment(pull.number, commentOf(report));
		await deps.writer.upsertCheck(toCheck(report.headSha, decision.subject, renderCheck(report)));
		return;
	}
	await publishNotRecorded(deps, facts, report);
}
/**
* Brings merges to their end that nobody told of and that come before this one.
* @returns true when there were any: the ledger may say something else now
*/
async function lookAtEarlier(deps, { reader }, { commits, ledger }, { pull, look }) {
	const line = lineOf(deps.ledgerWriter);
	const earlier = line.settled.has(commits.base) ? [] : await listEarlier(line, reader, pull, ledger.events);
	let ended = 0;
	for (const number of earlier) try {
		await look(number);
		line.done.add(number);
		ended += 1;
	} catch (error) {
		deps.log.warn({
			number,
			before: pull.number,
			err: error
		}, "an earlier merge could not be looked at");
	}
	if (commits.merge !== null) line.settled.add(commits.merge);
	return ended > 0;
}
const earlierCame = ({ number }) => new ConflictError("LEDGER_MOVED", `Merges before that of pull request ${number} were brought to their end`, { hint: "Read again and decide again." });
async function settleAgain(deps, pull) {
	const sources = openSources(deps);
	await publishRecorded(deps, sources, await gatherMerge(sources, pull));
}
async function isFinal(deps, { reader }, { commits, pull }) {
	if (commits.merge === null) return false;
	const runs = await reader.checkRuns(commits.merge, checkName);
	await endFrozenMerge(deps, runs, commits.merge, pull.number);
	return runs.some(({ externalId }) => externalId === finalId(pull.number));
}

// bot/training/watch.ts
/** Where base does not know the model. */
const usualQueueMinutes = 30;
const mostEarlierRuns = 5;
/**
* What of a pull request is worth a light look.
* @param shown what its check says
* @returns null when no run may still bring the result, or the check is not open
*/
function toWatch(facts, shown) {
	const run = facts.evidence.runs.find(({ status }) => status !== "completed");
	if (run === void 0 || shown?.kind !== "waiting") return null;
	const { rules, ledger, pull, commits } = facts;
	const known = rules?.model?.from === "base" ? rules.model.config : null;
	const versions = [...(known === null ? void 0 : ledger.snapshot.states.get(known.model))?.versions.values() ?? []].map(({ record }) => record);
	return {
		number: pull.number,
		headSha: commits.head,
		run: {
			id: run.id,
			attempt: run.attempt
		},
		queueMinutes: known?.train.queueMinutes ?? usualQueueMinutes,
		runsOn: known?.train.runsOn ?? [],
		earlierDurationsMs: versions.sort((a, b) => b.version - a.version).slice(0, mostEarlierRuns).map(({ lineage }) => lineage.run.durationMs)
	};
}

// bot/evaluate.ts
/** A head without a result is asked for by every reconcile for so long, and daily afterwards. */
const newForMs$1 = 864e5;
/** Each attempt reads and decides anew: a conflict says that the facts changed. */
const maxAttempts$1 = 8;
/**
* Looks at one pull request: reads the truth, decides, and brings check, comment and ledger to what follows from it.
* Level-triggered: the same truth gives the same end, however often, late or early it is called, and whatever an
* earlier look left half done.
* @returns the run that may still bring the result, for light looks; null: none
* @throws ServiceError when GitHub or a service did not answer, after the check said so: look again later
* @throws ConflictError when the ledger or the head kept moving
*/
async function evaluate(deps, number) {
	for (let attempt = 1;; attempt += 1) try {
		return await look$1(deps, number);
	} catch (error) {
		if (!(error instanceof ConflictError) || attempt >= maxAttempts$1) throw error;
		deps.log.info({
			number,
			attempt,
			code: error.code
		}, "the facts moved; looking again");
	}
}
async function look$1(deps, number) {
	const sources = openSources(deps, number);
	const pull = await withReserve(() => sources.reader.pull(number));
	return pull.merged ? withReserve(() => lookAt(deps, sources, pull)) : lookAt(deps, sources, pull);
}
async function lookAt(deps, sources, pull) {
	if (pull.state === "closed" && !pull.merged) {
		await close(deps, sources, pull);
		return null;
	}
	if (!pull.merged) await startCheck(deps, sources.reader, pull);
	try {
		return await decideOrGoOn(deps, sources, pull);
	} catch (error) {
		if (!(error instanceof GatehouseError)) {
			await deps.writer.upsertCheck(failedCheck(pull.head.sha, fault(error), await isReportOnly(sources, pull)));
			throw error;
		}
		if (error.kind === "conflict" || error instanceof LimitError) throw error;
		if (pull.merged && error.code === "POLICY_MISSING") {
			await endCheck(deps, sources.reader, closedCheck(pull.head.sha));
			return null;
		}
		if (pull.merged && error.code === "LEDGER_FROZEN") await markFrozenMerge(deps, sources, pull, error);
		await deps.writer.upsertCheck(failedCheck(pull.head.sha, error, await isReportOnly(sources, pull)));
		if (!(error instanceof InputError)) throw error;
		if (pull.merged && error.code !== "LEDGER_FROZEN") await recordUnreadable(deps, sources, pull, error);
		return null;
	}
}
/** Held up, unless the policy of its base can be read, says otherwise, and no other base shares the check. */
async function isReportOnly(sources, pull) {
	const { reader } = sources;
	try {
		const tip = await reader.branchHead(pull.base.ref);
		if (tip === null || (await readPolicy(reader, tip)).enforce !== false) return false;
		return (await readTwins(sources, await reader.repository(), pull)).length === 0;
	} catch (error) {
		if (error instanceof GatehouseError) return false;
		throw error;
	}
}
function fault(cause) {
	return new ServiceError("GATEHOUSE_FAULT", "Gatehouse met a fault of its own, and decided nothing", {
		hint: "It looks again by itself. If it stays so, report it with what the log of the app says.",
		cause
	});
}
/** A policy that cannot be read stops what it would have judged, but not its own repair (GATE.md rule 13). */
async function decideOrGoOn(deps, sources, pull) {
	try {
		return await decideAndAct(deps, sources, pull);
	} catch (fault) {
		if (!isPolicyFault(fault)) throw fault;
		const past = await actPastFault({
			deps,
			sources,
			pull,
			fault
		}, (given, from) => decideAndAct(given, from, pull));
		if (past === null) throw fault;
		return past.done;
	}
}
async function decideAndAct(deps, sources, pull) {
	const { reader } = sources;
	const repository = await reader.repository();
	const governance = await readGovernance(reader, repository, pull.base.ref);
	if (governance.kind !== "governed") {
		if (pull.merged || (await readTwins(sources, repository, pull)).length > 0) return null;
		await deps.writer.upsertCheck(ungovernedCheck(pull.head.sha, pull.base.ref, governance));
		return null;
	}
	if (pull.merged) {
		await settle$1(deps, sources, pull, (number) => evaluate(deps, number));
		return null;
	}
	const gathered = await gather(sources, pull);
	const facts = await countLook(deps, gathered);
	const twins = await gatherTwins(facts === gathered ? sources : openSources(deps), facts);
	const own = decideShared(facts, twins ?? []);
	const shown = twins && decideCheck(facts, twins);
	const preview = await readPolicyPreview(deps, sources, own.facts);
	await requireSame(deps, pull);
	const tell = ({ facts: of, decision }) => ({
		...toReport$1(of, decision, deps.now()),
		...preview === null || of.pull.number !== pull.number ? {} : { policyPreview: preview }
	});
	await publishDecision(deps, own.facts, tell(own), shown && tell(shown));
	deps.lookAgainAt?.(pull.number, whenToLook(own));
	return toWatch(own.facts, shown?.decision ?? null);
}
/**
* When to look again though nothing is heard of it: when time changes the decision, or with the next reconcile while the
* result of a new head is missing, since the end of a run changes nothing that a list of pull requests shows.
*/
function whenToLook({ facts, decision }) {
	const now = Date.parse(facts.input.now ?? "");
	const isNew = now - Date.parse(facts.pull.updatedAt) < newForMs$1;
	return decision.subject === null && isNew ? now : nextMoment(facts.input);
}
/** The check of a closed pull request ends, unless the same commit still waits in another one. */
async function close(deps, sources, pull) {
	const repository = await sources.reader.repository();
	if ((await readTwins(sources, repository, pull)).length > 0) return;
	await endCheck(deps, sources.reader, closedCheck(pull.head.sha));
}
/** What was decided must still be about this head: a push meanwhile makes it old before it is published. */
async function requireSame(deps, pull) {
	const now = await deps.newReader().pull(pull.number);
	if (now.head.sha === pull.head.sha && now.base.ref === pull.base.ref && now.state === pull.state) return;
	throw new ConflictError("PULL_REQUEST_MOVED", `Pull request ${pull.number} changed while it was read`, { hint: "Read it again and decide again." });
}

// bot/record/anchor.ts
/**
* Leaves size and root of the ledger on a commit of the base branch, where nobody but the app can write. Only a ledger
* that was proven is anchored: the app must not bless a forgery (GATE.md rule 20).
*/
async function leaveAnchor(deps, ledger, commit) {
	const { size, root } = ledger.snapshot.head;
	await deps.writer.createFixedCheck({
		name: checkName,
		headSha: commit,
		externalId: renderAnchor({
			size,
			root
		}),
		conclusion: "neutral",
		output: {
			title: `Ledger: ${size} entries`,
			summary: `Anchor of the ledger on branch \`${ledger.branch}\`: ${size} entries, root \`${root}\`. Until something is added, this compares the ledger of a clone with it, offline: \`gatehouse verify --anchor ${size}:${root}\`. At any time, with the newest anchor read from GitHub: \`gatehouse verify --github ADDRESS --app ${deps.identity.appId}\`, with the address of this repository.`,
			text: "",
			annotations: []
		}
	});
	deps.book.addAnchor(ledger.branch, {
		size,
		root,
		commit,
		completedAt: deps.now()
	});
}

// core/registry/trigger-rollback.ts
const minuteMs$2 = 6e4;
/** Clocks of GitHub and of who measures may differ by this much. */
const leewayMs = 5 * minuteMs$2;
/**
* Says what a believed receipt over this evidence lets happen: everything that can be derived again is, and the promotion
* that brought what serves must have approved it in advance (GATE.md rules 22 and 23).
* @returns the command, or why nothing happens: then a person decides
*/
function decideTrigger(evidence, facts) {
	const broken = notFinite(evidence);
	if (broken.length > 0) return { findings: broken };
	const serving = facts.state?.endpoints.get(evidence.endpoint);
	const use = toUse(evidence, serving);
	const findings = [
		...bound(evidence, facts, serving),
		...times(evidence, facts, serving),
		...authority(use, serving),
		...target(facts, serving)
	];
	const previous = serving?.previous ?? null;
	const version = previous === null ? void 0 : facts.state?.versions.get(previous);
	if (findings.length > 0 || version === void 0 || serving === void 0 || previous === null) return { findings: findings.length > 0 ? findings : [none] };
	return { command: {
		kind: "move",
		version: previous,
		from: version.stage,
		to: "production",
		endpoint: evidence.endpoint,
		replaced: serving.champion,
		fallback: serving.fallback,
		rollback: true,
		trigger: use
	} };
}
/** NaN has no canonical form and is on neither side of a limit: said in words before anything is computed from it. */
function notFinite({ observed, trigger }) {
	const { above, below, windowMinutes } = trigger;
	if ([
		observed,
		windowMinutes,
		...[above, below].filter((limit) => limit !== void 0)
	].every((number) => Number.isFinite(number))) return [];
	const limit = above === void 0 ? `below ${below}` : `above ${above}`;
	return [refusal$1("trigger", "It does not return by itself: what was observed, or its limit, is no finite number", {
		found: `${trigger.name}: ${observed}, ${limit} over ${windowMinutes} minutes`,
		allowed: "finite numbers",
		fix: byPerson
	})];
}
/** What is written down of it. `promotion` is the ledger's own number of what serves. */
const toUse = (evidence, serving) => ({
	authority: "pre-approved",
	promotion: serving?.by.seq ?? -1,
	trigger: evidence.trigger,
	observed: evidence.observed,
	from: evidence.from,
	until: evidence.until,
	evidence: digestBytes(canonicalJson(evidence))
});
function bound(evidence, { repositoryId, run, state }, serving) {
	return disagreements$1([
		bind("repository-id", "repository id", evidence.repositoryId, repositoryId),
		bind("run", "run", evidence.runId, run.id),
		bind("run-attempt", "run attempt", evidence.runAttempt, run.attempt),
		bind("head", "head commit", evidence.headSha, run.headSha),
		bind("model", "model", evidence.model, state?.model ?? null),
		bind("champion", "champion", evidence.version, serving?.champion ?? null),
		bind("artifact", "artifact", evidence.artifactDigest, serving?.artifactDigest ?? null)
	]);
}
const bind = (check, what, said, found) => ({
	check,
	what,
	said,
	found,
	fix: watchAgain
});
/** The whole window lies in the stay of what serves, is as long as declared, and ended when the run looked. */
function times({ from, until, trigger }, { run }, serving) {
	const [start, end, since, began, ended] = [
		from,
		until,
		serving?.since ?? "",
		run.startedAt,
		run.updatedAt
	].map(parseInstant);
	if (start == null || end == null || since == null || began == null || ended == null) return [refusal$1("time", "The times of the observation cannot be held against those of the run", again)];
	const found = `${from} to ${until}`;
	if (!(start >= since)) return [refusal$1("time", `It was observed before v${serving?.champion} served there`, {
		found,
		allowed: `from ${serving?.since}`,
		fix: watchAgain
	})];
	if (Math.abs(end - start - trigger.windowMinutes * minuteMs$2) > minuteMs$2) return [refusal$1("window", "It was not observed over the declared window", {
		found,
		allowed: `${trigger.windowMinutes} minutes`,
		fix: watchAgain
	})];
	if (end <= ended + leewayMs && end >= began - trigger.windowMinutes * minuteMs$2 - leewayMs) return [];
	return [refusal$1("expired", "The observation is not of the run that signed it", {
		found,
		allowed: `an end between ${run.startedAt} and ${run.updatedAt}`,
		fix: watchAgain
	})];
}
function authority(use, serving) {
	const problem = triggerProblem(use, serving);
	if (problem === null) return [];
	return [refusal$1("trigger", `It does not return by itself: ${problem}`, {
		found: `${use.trigger.name}: ${use.observed}`,
		fix: byPerson
	})];
}
/** The same conditions as for a rollback that people ask for. */
function target({ barred, stored }, serving) {
	if (serving?.previous == null) return [];
	if (barred.length > 0) return barred;
	if (stored) return [];
	return [refusal$1("bytes", `The bytes of v${serving.previous} are not in the store`, { fix: "Put them back from your backup, or choose another version in a pull request." })];
}
const watchAgain = "The next run by schedule watches again.";
const again = { fix: watchAgain };
const byPerson = "A person decides: comment /gatehouse rollback, or change stages.yml in a pull request.";
const none = refusal$1("trigger", "No version is recorded to return to", { fix: byPerson });

// bot/rollback/rollback-target.ts
/**
* Why the version that an endpoint would return to must not serve, as the files on the default branch say now. What
* cannot be read bars it: a person decides then.
*/
async function readTargetBars(reader, tip, state, version) {
	const tree = await reader.tree(tip);
	const names = [...tree.keys()].flatMap((path) => datasetOfFile(path) ?? []);
	const blobs = [withdrawnPath(state.model), ...names.map(contractPath)].flatMap((path) => tree.get(path)?.blob ?? []);
	const texts = await readBlobs(reader, [...new Set(blobs)]);
	const text = (path) => texts.get(tree.get(path)?.blob ?? "") ?? null;
	const own = new Map([...tree].filter(([path]) => path === withdrawnPath(state.model)));
	const { withdrawn = { kind: "missing" } } = readDeclared(own, state.model, text);
	try {
		const revoked = new Map(names.map((name) => {
			const path = contractPath(name);
			return [name, parseContract(text(path) ?? "", path).revoked ?? []];
		}));
		return barredFindings(barredVersions([version], {
			model: state.model,
			withdrawn,
			revoked
		}, state));
	} catch (error) {
		if (error instanceof InputError) return error.findings.length > 0 ? error.findings : [unread(error)];
		throw error;
	}
}
const unread = ({ message, hint }) => ({
	code: "target/unreadable",
	severity: "fail",
	message,
	fix: hint
});

// bot/rollback/trigger-run.ts
/** What one run observed and signed. What is not believed is told by its finding, and moves nothing. */
async function readTriggerRun(source, scope, run) {
	const found = [];
	for (const candidate of await readCandidates(source.reader, run, null, ofTriggers)) found.push(await believe(source, scope, run, candidate));
	return found;
}
async function believe(source, { policy, repositoryId, defaultBranch }, run, candidate) {
	if (candidate.kind === "refused") return candidate.finding;
	const { monitor } = policy.trusted;
	if (candidate.kind === "closed" || monitor === void 0) return notOurs;
	const { sealed } = candidate;
	const keys = await source.keys();
	const receipt = verifyReceipt(sealed, keys, {
		issuer: source.issuer,
		repositoryId,
		workflow: monitor,
		events: ["schedule"],
		ref: `refs/heads/${defaultBranch}`,
		run,
		judgeRunner: policy.judgeRunner
	});
	if (!("claims" in receipt)) return receipt;
	const key = keys.find(({ kid }) => kid === kidOf(sealed));
	if (key === void 0) return notOurs;
	try {
		return {
			evidence: parseTriggerEvidence(sealed.text),
			sealed,
			key,
			run
		};
	} catch (error) {
		if (error instanceof InputError) return findingsOf("evidence", error)[0];
		throw error;
	}
}
/** The receipt verified, so its header is JSON that names one key. */
function kidOf({ token }) {
	const header = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8"));
	return typeof header === "object" && header !== null && "kid" in header ? header.kid : null;
}
const notOurs = {
	code: "receipt/closed",
	severity: "fail",
	message: "The evidence of a trigger is not signed evidence that can be read",
	fix: "Let the workflow upload evidence and receipt as it was given them."
};

// bot/rollback/triggers.ts
/** An older observation is not acted on any more: a person decides. */
const maxAgeMs = 864e5;
/** Runs that this process has looked at to the end. What it forgets is found done, or refused again. */
const seen$1 = /* @__PURE__ */ new WeakMap();
/**
* Looks whether what watches production saw a trigger that was approved in advance, and returns the endpoint to its
* recorded previous version: once a promotion, then a person decides (GATE.md rule 23). Level-triggered: the same runs
* give the same ledger, however often it looks. Nothing is read where no promotion allows it.
* @returns true when it wrote to the ledger
* @throws ServiceError when GitHub or the store did not answer: look again later
*/
async function rollBackOnTriggers(deps, scene) {
	const { sources, policy, defaultBranch } = scene;
	const { states } = scene.ledger.snapshot;
	const path = policy.trusted.monitor?.path;
	if (path === void 0 || ![...states.values()].some(isWatched)) return false;
	const done = seen$1.get(deps) ?? /* @__PURE__ */ new Set();
	seen$1.set(deps, done);
	const since = Date.parse(deps.now()) - maxAgeMs;
	let isWritten = false;
	const runs = (await sources.reader.scheduledRuns(defaultBranch)).filter((run) => isOurs(run, scene, path) && Date.parse(run.updatedAt) >= since);
	for (const run of [...runs].sort((a, b) => a.id - b.id)) {
		const key = `${run.id}.${run.attempt}`;
		if (done.has(key)) continue;
		for (const found of await readTriggerRun(sources, scene, run)) if ("code" in found) deps.log.warn({
			run: run.id,
			code: found.code
		}, "a trigger is not believed");
		else isWritten = await follow(deps, scene, found) || isWritten;
		done.add(key);
	}
	return isWritten;
}
const isWatched = ({ endpoints }) => [...endpoints.values()].some(({ triggers, previous }) => triggers !== void 0 && previous !== null);
/** A server that does not tell which workflows a run calls is asked by the receipt alone. */
const isOurs = (run, { defaultBranch, repositoryId }, path) => run.event === "schedule" && run.headBranch === defaultBranch && run.repositoryId === repositoryId && (run.calls.length === 0 || run.calls.includes(path));
async function follow(deps, scene, trigger) {
	const { model, endpoint } = trigger.evidence;
	const facts = await readFacts(scene, trigger, scene.ledger.snapshot.states.get(model) ?? null);
	const first = decideTrigger(trigger.evidence, facts);
	if ("findings" in first) {
		const codes = first.findings.map(({ code }) => code);
		deps.log.info({
			model,
			endpoint,
			run: trigger.run.id,
			codes
		}, "a trigger moves nothing");
		return false;
	}
	const { commit } = await deps.ledgerWriter.write(deps, {
		place: placeOf$1(scene.policy.ledger.branch, scene.defaultBranch),
		headline: `Roll back ${model} at ${endpoint} to v${first.command.version} by itself`,
		url: trigger.run.url,
		anchorOn: scene.tip,
		plan: ({ states }) => plan(deps, scene, trigger, {
			...facts,
			state: states.get(model) ?? null
		})
	});
	deps.log.info({
		model,
		endpoint,
		commit
	}, "rolled back by itself");
	return true;
}
/** Decided again on the ledger as it is when it is written: bytes and files were read for one version alone. */
function plan(deps, { repositoryId, tip }, { evidence, sealed, key, run }, facts) {
	const decided = decideTrigger(evidence, facts);
	if ("findings" in decided) throw new ConflictError("LEDGER_CHAMPION_MOVED", "The endpoint moved while its trigger was read", { hint: "Read the ledger again and decide again." });
	const pullRequest = facts.state?.endpoints.get(evidence.endpoint)?.by.pullRequest ?? 0;
	const actor = {
		id: deps.identity.botId,
		login: deps.identity.botLogin,
		kind: "Bot"
	};
	return [{
		model: evidence.model,
		command: decided.command,
		facts: {
			at: run.updatedAt,
			actor,
			approvals: [],
			decisionInput: null,
			source: {
				repositoryId,
				pullRequest,
				headSha: run.headSha,
				mergeSha: tip
			},
			sealed: [{
				...sealed,
				jwk: key
			}]
		}
	}];
}
async function readFacts({ sources, policy, repositoryId, tip }, { evidence, run }, state) {
	const previous = state?.endpoints.get(evidence.endpoint)?.previous ?? null;
	const target = previous === null ? void 0 : state?.versions.get(previous);
	if (state === null || previous === null || target === void 0) return {
		repositoryId,
		run,
		state,
		barred: [],
		stored: false
	};
	const store = await sources.openStore(policy.store, networkOf(policy));
	return {
		repositoryId,
		run,
		state,
		barred: await readTargetBars(sources.reader, tip, state, previous),
		stored: await store.has(target.record.artifact.digest)
	};
}

// bot/align.ts
/** Merges of the last moments, which may not have been recorded yet. */
const recentMerges = 10;
/** Commits after which the anchor is left again on the tip. */
const farBehind = 20;
const renewedAfterMs = 6048e5;
/**
* While a stages.yml on the default branch and the ledger differ, keeps one pull request open that brings the file in
* line; closes it when they agree (GATE.md rule 1). It moves nothing: its result is what the ledger says. Before that an
* endpoint whose trigger was seen returns by itself.
*/
async function align(deps) {
	const sources = openSources(deps);
	const { reader, identity, book } = sources;
	const repository = await reader.repository();
	const base = repository.defaultBranch;
	const tip = await reader.branchHead(base);
	const policy = await readDefaultPolicy(reader, repository);
	if (policy === null || tip === null) return;
	const ledger = await book.read(reader, identity, placeOf$1(policy.ledger.branch, base));
	await renewAnchor(deps, ledger, tip);
	const scene = {
		sources,
		policy,
		repositoryId: repository.id,
		defaultBranch: base,
		tip,
		ledger
	};
	if (await rollBackOnTriggers(deps, scene)) return align(deps);
	if (await isUnsettled(reader, ledger, base)) return;
	const tree = await reader.tree(tip);
	for (const model of namesIn(tree, modelOfStages)) await alignModel(deps, reader, {
		base,
		tip,
		model,
		ledger
	});
}
/**
* An anchor that is far behind the tip is hard to find, and checks are kept for a limited time only: weekly, and whenever
* the tip has gone far, it is left again on the tip (GATE.md rule 21).
*/
async function renewAnchor(deps, ledger, tip) {
	const { size } = ledger.snapshot.head;
	const near = ledger.anchors.some((anchor) => anchor.size === size && anchor.distance <= farBehind && isFresh(anchor.completedAt, deps.now()));
	if (size > 0 && !near) await leaveAnchor(deps, ledger, tip);
}
/** A time that cannot be read is old. */
function isFresh(completedAt, now) {
	const ageMs = Date.parse(now) - Date.parse(completedAt);
	return Number.isFinite(ageMs) && ageMs < renewedAfterMs;
}
async function alignModel(deps, reader, place) {
	const { base, tip, model, ledger } = place;
	const path = stagesPath(model);
	const bytes = await reader.file(path, tip);
	const text = bytes === null ? null : toText(bytes);
	const desired = text === null ? null : parseOrNull(text, path);
	if (text === null || desired === null) return;
	const state = ledger.snapshot.states.get(model) ?? emptyState(model);
	const differences = differencesToLedger(desired, state);
	const branch = `gatehouse/align-${model.replaceAll("/", "--")}`;
	if (differences.length === 0) return closePull(deps, reader, branch);
	await bringPull(deps, reader, {
		branch,
		base,
		tip,
		path,
		content: writeStages(text, alignedStages(desired, state)),
		title: `Align ${path} with the ledger`,
		body: explain(path, differences, returnsOf(ledger, state))
	});
}
function parseOrNull(text, path) {
	try {
		return parseStages(text, path);
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}
/** True while a merge that changed a stages.yml is neither in the ledger nor decided: its wish still stands. */
async function isUnsettled(reader, ledger, base) {
	const recent = await reader.pulls({
		state: "closed",
		base,
		limit: recentMerges
	});
	const merges = ledger.events.filter(({ data }) => data.type !== "HeldOutUsed" && !isIncidentEvent(data) && !isByItself(data));
	const recorded = new Set(merges.map(({ source }) => source.mergeSha));
	for (const pull of recent) {
		if (pull.mergeCommit === null || recorded.has(pull.mergeCommit)) continue;
		if (await changesStages(reader, pull.mergeCommit) && !await isDecided(reader, pull)) return true;
	}
	return false;
}
async function changesStages(reader, merge) {
	const [parent] = (await reader.commit(merge)).parents;
	if (parent === void 0) return false;
	const [before, after] = [await reader.tree(parent), await reader.tree(merge)];
	return [...after.values()].some(({ path, blob }) => modelOfStages(path) !== null && before.get(path)?.blob !== blob);
}
/** Decided as "nothing", by a completed check on its head, or as "not promoted", by the mark on its merge. */
async function isDecided(reader, { number, mergeCommit, head }) {
	if ((mergeCommit === null ? [] : await reader.checkRuns(mergeCommit, "gatehouse")).some(({ externalId }) => externalId === finalId(number))) return true;
	const last = (await reader.checkRuns(head.sha, checkName)).at(-1);
	return last?.status === "completed" && last.externalId === "no subject";
}
/** Endpoints that stand where a trigger put them: what it saw, in words. */
function returnsOf({ events }, { model, endpoints }) {
	const serving = new Set([...endpoints.values()].map(({ by }) => by.seq));
	const own = events.filter(({ stream, seq, data }) => stream === streamOf(model) && serving.has(seq) && isByItself(data));
	return linesOf(own).map(({ version, endpoint, because }) => `${endpoint} returned to v${version}, which ${because}.`);
}
function explain(path, differences, returns) {
	const lines = differences.map(({ version, endpoint, desired, ledger }) => {
		return `- v${version}${endpoint === null ? "" : ` at ${endpoint}`}: the file says ${desired ?? "nothing"}, the ledger says ${ledger ?? "unknown version"}`;
	});
	return [
		`\`${path}\` asks for something that the ledger does not hold. The ledger is what serves; this pull request makes the file say the same. Merging it moves nothing.`,
		"",
		...lines,
		...returns.length === 0 ? [] : ["", renderMarkdown([{
			kind: "list",
			items: returns.map((text) => [text])
		}])],
		"",
		"To have what the file asked for, open a new pull request after this one, so that it is judged and approved."
	].join("\n");
}

// bot/ledger/ledger-authors.ts
/** Between two anchors lie a handful of commits; so many mean that anchors were lost. */
const maxCommits$2 = 100;
/**
* Commits that made the ledger longer since the newest anchor and are not the app's own.
* A forged entry can have right hashes: the chain has no key. What a commit says of its author is not enough either, also
* where GitHub signed it: whoever may write has GitHub make and sign a commit for which he names the author, or squash what he
* pushed to a branch of the app. Who moved the branch is GitHub's word.
* @throws ConflictError LEDGER_MOVED while GitHub has not written down yet who brought the head
* @see https://docs.github.com/en/rest/repos/contents#create-or-update-file-contents
*/
async function strangersSince(reader, identity, { branch, head, corrected, written = /* @__PURE__ */ new Set() }, anchored) {
	const size = await sizeAt(reader, head);
	if (size !== null && size <= anchored) return [];
	const commits = await reader.commitsOf(head, maxCommits$2, headPath);
	const found = [];
	for (const commit of commits) {
		const size = await sizeAt(reader, commit.sha);
		if (size !== null && size <= anchored) return found;
		if (corrected.has(commit.sha) || written.has(commit.sha)) continue;
		if (!await isOwnSince(reader, identity, {
			branch,
			head
		}, commit)) found.push(commit);
	}
	return found;
}
/** Each commit of the app is one move of the branch: one that no move ends at came with somebody's push. */
async function isOwnSince(reader, identity, { branch, head }, commit) {
	const moves = isSignedByGitHub(commit, identity) ? await reader.moves(branch) : null;
	if (!tellsOfApp(moves, identity) || moverOf(moves, identity, commit.sha) !== "unknown") return isOwn(reader, identity, branch, commit);
	if (moverOf(moves, identity, head) === "unknown") throw moved();
	return false;
}
/** A list without a single commit of the app, from the first on, is of a server that does not write them down. */
const tellsOfApp = (moves, { botId }) => moves !== null && (!moves.whole || moves.moves.some(({ by }) => by?.id === botId));
function moverOf(moves, { botId }, sha) {
	const brought = moves?.moves.filter(({ after }) => after === sha) ?? [];
	if (brought.length === 0) return "unknown";
	return brought.some(({ by }) => by?.id === botId) ? "the app" : "somebody else";
}
/**
* True for a commit that the app made by itself: signed by GitHub in its name, and brought to the branch by the app. Where
* GitHub does not say who brought it, it is at least no squash of a pull request.
*/
async function isOwn(reader, identity, branch, commit) {
	if (!isSignedByGitHub(commit, identity)) return false;
	const mover = moverOf(await reader.moves(branch), identity, commit.sha);
	return mover === "unknown" ? !await isSquash(reader, identity, commit) : mover === "the app";
}
/**
* The app's own commits have its bot as author and GitHub as committer. The author alone is anybody's text: a commit is
* "verified" by the signature of its committer, and a person can sign one that names the bot as author.
*/
function isSignedByGitHub({ author, committer, verified }, { botId }) {
	if (!verified || author?.id !== botId) return false;
	return committer === null || committer.id === botId || committer.login === "web-flow";
}
/**
* GitHub squashes in the name of who opened the pull request: the app opens some, and anybody may push to their branch. Whichever
* branch it was merged into, the commit can be pushed on from there.
*/
async function isSquash(reader, { botId }, { sha }) {
	for (const number of await reader.pullsOfCommit(sha)) {
		const pull = await reader.pull(number);
		if (pull.author.id === botId && pull.mergeCommit === sha) return true;
	}
	return false;
}
/** null: HEAD.json does not read at this commit, so the commit itself is looked at. */
async function sizeAt(reader, sha) {
	const bytes = await reader.file(headPath, sha);
	const text = bytes === null ? null : toText(bytes);
	if (text === null) return null;
	try {
		return parseHead(text, headPath).size;
	} catch {
		return null;
	}
}
function toFinding$1({ sha, author }) {
	return {
		code: "ledger/stranger",
		severity: "fail",
		message: `Commit ${sha.slice(0, 12)} by ${author?.login ?? "somebody unknown"} wrote to the ledger, which only the app writes`,
		where: { file: headPath },
		fix: "Let a ruleset allow only the app on the branch. The app puts back what an anchor vouches for by itself."
	};
}

// bot/incident/find-pushes.ts
/** Commits of a base branch that a new process looks at: what lies deeper was seen by an earlier one. */
const maxCommits$1 = 100;
/** Since the tip that this process saw last: somebody may push many at once. */
const maxSince = 500;
/** Lists of 100 commits that are read to follow a branch: side branches fill them, too. */
const maxLists = 10;
const maxMerges$1 = 100;
/** GitHub lists a merge as one within seconds. */
const unlistedForMs = 6e4;
/** By book, so by repository and process: the tip of each branch up to which everything was looked at. */
const seen = /* @__PURE__ */ new WeakMap();
/**
* Looks for pushes past the gate: commits on the first-parent way of a governed branch, since the ledger's first entry,
* that no merged pull request brought and that are not the app's own. What set Gatehouse up came before there was a gate.
* @throws ConflictError PUSH_TOO_NEW when one came within this minute: GitHub may not tell yet which pull request it is of
*/
async function findPushes(deps, reader, ledger, branch) {
	const tip = await reader.branchHead(branch);
	const [first] = ledger.events;
	const tips = seen.get(deps.book) ?? /* @__PURE__ */ new Map();
	if (tip === null || first === void 0 || tips.get(branch) === tip) return [];
	const merges = await mergesOf(reader, branch);
	const last = tips.get(branch) ?? null;
	const followed = {
		until: [first.source.mergeSha, last],
		last,
		merges
	};
	const way = await withRest(reader, branch, await followBack(reader, branch, tip, followed), followed);
	const known = new Set(incidentsOf(ledger.snapshot.states).map(({ commit }) => commit));
	const found = [];
	for (const { commit, onto } of way) {
		if (known.has(commit.sha) || merges.has(commit.sha)) continue;
		const push = await toPush(deps, reader, branch, commit, onto);
		if (push !== null) found.push(push);
	}
	if (found.length > 0) await requireSettled(deps, reader, branch, {
		way,
		found
	});
	if (found.length === 0) seen.set(deps.book, tips.set(branch, tip));
	return found;
}
/** A commit came when the move did that brought it, or the next one above it in the same push. */
async function requireSettled(deps, reader, branch, { way, found }) {
	const moves = (await reader.moves(branch))?.moves ?? [];
	const times = new Map(moves.flatMap(({ after, at }) => at === "" ? [] : [[after, at]]));
	const past = new Set(found.map(({ commit }) => commit.sha));
	let came;
	for (const { commit } of way) {
		came = times.get(commit.sha) ?? came;
		const ageMs = Date.parse(deps.now()) - Date.parse(came ?? commit.committedAt);
		if (past.has(commit.sha) && Math.abs(ageMs) < unlistedForMs) throw tooNew(branch);
	}
}
function tooNew(branch) {
	return new ConflictError("PUSH_TOO_NEW", `What came to ${branch} within this minute may still be told`, { hint: "Look again in a minute: GitHub may not list yet which pull request it was." });
}
/** From the tip back, not into side branches, until one of these commits. */
async function followBack(reader, branch, tip, { until, last, merges }) {
	const listed = /* @__PURE__ */ new Map();
	const way = [];
	const most = last === null ? maxCommits$1 : maxSince;
	let lists = 0;
	for (let at = tip; at !== void 0 && !until.includes(at) && way.length < most;) {
		if (!listed.has(at) && lists < maxLists) {
			lists += 1;
			for (const commit of await reader.commitsOf(at, maxCommits$1)) listed.set(commit.sha, commit);
		}
		const commit = listed.get(at);
		if (commit === void 0) break;
		const onto = await parentOf(reader, branch, commit, merges);
		way.push({
			commit,
			onto
		});
		at = onto;
	}
	return way;
}
/** One push may bring more commits than are followed: what lies below them came with it, and is looked at as one. */
async function withRest(reader, branch, way, { until, merges }) {
	const oldest = way.at(-1);
	if (oldest?.onto === void 0 || until.includes(oldest.onto)) return way;
	const walked = new Set(way.map(({ commit }) => commit.sha));
	const push = (await reader.moves(branch))?.moves.find(({ before, after }) => walked.has(after) && !walked.has(before) && !merges.has(after));
	if (push === void 0 || /^0+$/.test(push.before)) return way;
	return [...way.slice(0, -1), {
		commit: oldest.commit,
		onto: push.before
	}];
}
/** Whoever pushes a merge of his own chooses its first parent: it may be older than the branch, or beside it. */
async function parentOf(reader, branch, { sha, parents }, merges) {
	const [first] = parents;
	if (first === void 0 || parents.length === 1 || merges.has(sha)) return first;
	const told = await reader.tipBefore(branch, sha, first);
	return told.kind === "told" ? told.sha : first;
}
async function mergesOf(reader, base) {
	const closed = await reader.pulls({
		state: "closed",
		base,
		limit: maxMerges$1
	});
	return new Set(closed.flatMap(({ merged, mergeCommit }) => merged && mergeCommit !== null ? [mergeCommit] : []));
}
async function toPush({ identity }, reader, branch, commit, base) {
	if (base === void 0 || await isOwn(reader, identity, branch, commit)) return null;
	if (await reader.file(".github/gatehouse.yml", base) === null) return null;
	const change = await readGovernedChange(reader, base, commit.sha);
	if (change.changed.length === 0 || await isOfMerge(reader, branch, commit.sha)) return null;
	return {
		...change,
		commit,
		base,
		by: pusherOf(commit)
	};
}
/** A rebase brings several commits; GitHub also closes a pull request whose commits somebody pushed: it is decided as merged. */
async function isOfMerge(reader, branch, sha) {
	for (const number of await reader.pullsOfCommit(sha)) {
		const pull = await reader.pull(number);
		if (pull.merged && pull.base.ref === branch) return true;
	}
	return false;
}
/** Author and committer are anybody's text: only a signature that verifies says who. */
function pusherOf({ verified, author, committer }) {
	if (!verified) return ghost;
	return (committer?.login === "web-flow" ? author : committer) ?? author ?? ghost;
}

// bot/ledger/in-turns.ts
/** GitHub wants a delivery answered within seconds, and whoever looks is to wait less than that. */
const turnMs = 20;
/** Does work that takes seconds, a moment at a time: between two moments whatever else waits has its turn. */
async function inTurns(steps) {
	for (;;) {
		const endMs = performance.now() + turnMs;
		do {
			const step = steps.next();
			if (step.done === true) return step.value;
		} while (performance.now() < endMs);
		await new Promise((resolve) => setImmediate(resolve));
	}
}

// bot/ledger/lost-ledger.ts
/** Commits of the base branch among which an anchor lies as a rule, and of the ledger among which the app's last one does. */
const maxCommits = 100;
const noCommit$1 = /^0+$/;
/**
* A ledger that was deleted or set back says nothing of what it held, and whoever brings many commits to the base branch hides
* the anchors that would. Where none of them is near, GitHub is asked what the app itself brought to the branch last.
* @returns null: nothing was lost, as far as anybody can tell
* @throws ConflictError LEDGER_MOVED while GitHub may not show yet what was written: look again
*/
async function findLoss(reader, { botId }, { place: { branch, layout, anchorBranch }, commit, anchors, isLate }) {
	const near = new Set(anchors.length === 0 ? [] : await reader.history(anchorBranch, maxCommits));
	if (anchors.some((anchor) => near.has(anchor.commit))) return null;
	const told = await reader.moves(branch);
	const last = told?.moves.find(({ by, after }) => by?.id === botId && !noCommit$1.test(after));
	if (last === void 0) return told?.whole === false && layout === "own" ? toFinding(branch, commit) : null;
	if (last.after === commit) return null;
	if ((commit === null ? [] : await reader.commitsOf(commit, maxCommits, "audit/HEAD.json")).some(({ sha }) => sha === last.after)) return null;
	if (isLate(last.at)) throw late();
	return toFinding(branch, commit);
}
const toFinding = (branch, commit) => ({
	code: "ledger/lost",
	severity: "fail",
	message: `Branch ${branch} ${commit === null ? "was deleted" : "does not hold what the app wrote to it last: it was set back"}`,
	where: { file: headPath },
	fix: "Let a ruleset allow only the app on the branch. The app puts back what an anchor vouches for by itself."
});

// core/audit/hold-again.ts
/**
* Holds a ledger that was proven against what outsiders say by now: its entries are what they were, so only that can have
* changed.
* @param events all of a proven ledger, in order
*/
function holdAgain(events, anchors, tail) {
	const hashes = events.map(({ hash }) => hash);
	return checkAnchors(hashes, anchors, placesOf(events), tail);
}
/** The events of one operation stand in one entry. */
function placesOf(events) {
	const places = [];
	for (let at = 0; at < events.length;) {
		const first = events[at];
		if (first === void 0) break;
		let end = at + 1;
		while (events[end]?.operation === first.operation && events[end]?.stream === first.stream) end += 1;
		const path = transactionPath(first.stream.slice(6), first.seq);
		places.push({
			path,
			transaction: {
				gfirst: first.gseq,
				events: { length: end - at }
			}
		});
		at = end;
	}
	return places;
}

// bot/ledger/verify-commit.ts
/**
* Verifies the ledger at a commit. What this process itself proved of the same files is not proven again: only what
* outsiders say of it is asked anew.
* @param known what this process proved last; null: nothing
*/
async function verifyCommit(reader, { place, commit }, known, readAnchors) {
	const { layout } = place;
	if (known?.commit != null && commit !== null && await isSameLedger(reader, layout, known.commit, commit)) {
		const anchors = await readAnchors(hintsIn(known.events));
		return {
			verified: verifyAgain(known, anchors),
			anchors
		};
	}
	const files = commit === null ? /* @__PURE__ */ new Map() : await readLedgerFiles(reader, commit, layout);
	const checked = await inTurns(checkLedger(files, layout));
	const anchors = await readAnchors(hintsIn(checked.events));
	return {
		verified: holdAgainst(checked, anchors, { tail: "report" }),
		anchors
	};
}
function verifyAgain({ events, snapshot }, anchors) {
	const { findings, anchored } = holdAgain(events, anchors, "report");
	return {
		verdict: findings.some(isFailure) ? "fail" : "pass",
		findings,
		anchored,
		events,
		...snapshot
	};
}

// bot/ledger/ledger-book.ts
/** GitHub shows what was written within seconds: a ledger that an older anchor is ahead of was cut. */
const latestMs = 6e4;
/**
* Reads and proves the ledger before anything is decided by it or added to it (GATE.md rule 20): hashes, moves,
* repeated decisions, files, anchors, and that every commit since the newest anchor is the app's own.
* One book serves one repository; what was proven for a commit is not proven again.
*/
var LedgerBook = class {
	proven = null;
	/** Proofs under way: many looks at once ask for the same one. */
	proving = /* @__PURE__ */ new Map();
	/** Commits that this process made: nobody need be asked who did. */
	written = /* @__PURE__ */ new Set();
	/** Newest anchor ever seen by this process: it also counts when somebody hides it. */
	newest = null;
	now;
	/** @param now ISO 8601 UTC */
	constructor(now = () => (/* @__PURE__ */ new Date()).toISOString()) {
		this.now = now;
	}
	/** @throws InputError LEDGER_FROZEN with findings: nothing is promoted and nothing is anchored until a person looked */
	async read(reader, identity, place) {
		const at = {
			place,
			commit: await reader.branchHead(place.branch),
			tip: await reader.branchHead(place.anchorBranch)
		};
		const key = keyOf(at);
		if (this.proven !== null && keyOf(this.proven) === key) return this.proven.ledger;
		const running = this.proving.get(key);
		if (running !== void 0) return running;
		const proof = this.prove(reader, identity, at).finally(() => this.proving.delete(key));
		this.proving.set(key, proof);
		return proof;
	}
	/** What this process proved last of a place; null: nothing. Whether it is still so is met when it is written on. */
	lastOf(place) {
		return this.proven !== null && isSamePlace(this.proven.place, place) ? this.proven.ledger : null;
	}
	/**
	* Takes over what was written by compare-and-swap on a ledger that was proven: nothing else is in it.
	* @param before the ledger that was written on
	*/
	extend(before, after) {
		const { proven } = this;
		if (after.commit !== null) this.wrote(after.commit);
		if (proven === null || proven.ledger.branch !== before.branch || proven.commit !== before.commit) return;
		const { place, tip } = proven;
		const isTip = place.anchorBranch === place.branch;
		const { anchored, anchors } = proven.ledger;
		const ledger = {
			...after,
			anchored,
			anchors
		};
		this.proven = {
			place,
			commit: after.commit,
			tip: isTip ? after.commit : tip,
			ledger
		};
	}
	/** This process made a commit of the ledger, on one that was proven. */
	wrote(commit) {
		this.written.add(commit);
	}
	/** An anchor was left now. It stands near the tip until the next proof says how far. */
	addAnchor(branch, anchor) {
		const found = {
			...anchor,
			distance: 0
		};
		if (this.newest === null || this.newest.size <= anchor.size) this.newest = found;
		const { proven } = this;
		if (proven === null || proven.ledger.branch !== branch) return;
		const anchored = Math.max(proven.ledger.anchored, anchor.size);
		if (anchored > proven.ledger.snapshot.head.size) this.proven = null;
		else {
			const anchors = [found, ...proven.ledger.anchors];
			this.proven = {
				...proven,
				ledger: {
					...proven.ledger,
					anchored,
					anchors
				}
			};
		}
	}
	/** The next read proves again: something outside of the ledger changed. */
	forget() {
		this.proven = null;
	}
	async prove(reader, identity, { place, commit, tip }) {
		const { verified: verification, anchors } = await verifyCommit(reader, {
			place,
			commit
		}, this.lastOf(place), (hints) => this.readAnchors(reader, place, hints));
		if (verification.verdict === "fail") {
			if (await reader.headNow(place.branch) !== commit) throw moved();
			if (this.isLate(verification.head.size)) throw late();
			throw frozen(verification.findings);
		}
		const lost = await findLoss(reader, identity, {
			place,
			commit,
			anchors,
			isLate: (at) => this.isOfThisMinute(at)
		});
		if (lost !== null) {
			if (await reader.headNow(place.branch) !== commit) throw moved();
			throw frozen([lost]);
		}
		if (commit !== null) {
			const at = {
				branch: place.branch,
				head: commit,
				corrected: correctedIn(verification),
				written: this.written
			};
			const strangers = await strangersSince(reader, identity, at, verification.anchored);
			if (strangers.length > 0) throw frozen(strangers.map(toFinding$1));
		}
		const ledger = toLedger(place, commit, verification, anchors);
		const size = this.lastOf(place)?.snapshot.head.size ?? 0;
		if (ledger.snapshot.head.size >= size) this.proven = {
			place,
			commit,
			tip,
			ledger
		};
		return ledger;
	}
	/**
	* True when an anchor of this minute says that there are more entries: GitHub may not show yet what was written. Nothing
	* is decided on it either way; who really cut the ledger is found a minute later.
	*/
	isLate(size) {
		if (this.newest === null || this.newest.size <= size) return false;
		return this.isOfThisMinute(this.newest.completedAt);
	}
	isOfThisMinute(at) {
		return Math.abs(Date.parse(this.now()) - Date.parse(at)) < latestMs;
	}
	/** The newest anchor that this process knows of, after a look for others. */
	async newestAnchor(reader, place) {
		await this.readAnchors(reader, place, []);
		return this.newest;
	}
	async readAnchors(reader, place, hints) {
		const found = await readAnchors(reader, place.anchorBranch, hints);
		const all = this.newest === null ? found : [...found, this.newest];
		this.newest = [...all].sort((a, b) => b.size - a.size)[0] ?? null;
		return all;
	}
};
const keyOf = ({ place, commit, tip }) => [
	place.branch,
	place.layout,
	place.anchorBranch,
	commit,
	tip
].join(" ");
const isSamePlace = (one, other) => one.branch === other.branch && one.layout === other.layout && one.anchorBranch === other.anchorBranch;
/** What the app itself put right on top of: those commits are in the history for good, their content is not. */
const correctedIn = ({ states }) => new Set(correctionsOf(states).flatMap(({ foreign }) => foreign));
function toLedger({ branch, layout }, commit, { head, states, events, anchored }, anchors) {
	return {
		branch,
		layout,
		commit,
		snapshot: {
			head,
			states
		},
		events,
		anchors,
		anchored
	};
}

// bot/ledger/good-commit.ts
/** Commits that are asked for their size, and of those that may be it, how many are proven. */
const maxCandidates = 100;
const maxProofs = 10;
const noCommit = /^0+$/;
/**
* Finds the newest state of the ledger that the app itself wrote and that the newest anchor vouches for: on the branch as
* it is, or, when it was set back or deleted, among the commits that it pointed to before.
* @returns null: there is none, and nothing can be put back without a person
*/
async function findGoodLedger(reader, identity, place, anchor) {
	let proofs = 0;
	for (const commit of await listCandidates(reader, identity, place)) {
		if (proofs >= maxProofs) return null;
		const size = await trySize(reader, commit);
		if (size === null || size < anchor.size) continue;
		proofs += 1;
		const ledger = await tryProve(reader, identity, {
			place,
			commit,
			anchor
		});
		if (ledger !== null) return ledger;
	}
	return null;
}
/**
* What the app brought there, newest first: nobody else can make that list longer. Then what made the ledger longer on the
* branch as it is, and what the branch held.
*/
async function listCandidates(reader, { botId }, { branch }) {
	const late = await reader.moves(branch);
	const moves = (late?.whole === false ? await reader.pushes(branch) : null) ?? late?.moves ?? [];
	const own = moves.filter(({ by }) => by?.id === botId).map(({ after }) => after);
	const head = await reader.branchHead(branch);
	const reached = head === null ? [] : await reader.commitsOf(head, maxCandidates, headPath);
	const held = moves.flatMap(({ before, after }) => [after, before]);
	return [
		...own.slice(0, maxCandidates),
		...reached.map(({ sha }) => sha),
		...held
	].filter((sha, at, all) => !noCommit.test(sha) && all.indexOf(sha) === at).slice(0, 200);
}
/** A commit that the branch left may be gone from GitHub: it is no candidate then. */
async function trySize(reader, commit) {
	try {
		return await sizeAt(reader, commit);
	} catch (error) {
		if (error instanceof ServiceError) return null;
		throw error;
	}
}
async function tryProve(reader, identity, { place, commit, anchor }) {
	try {
		const files = await readLedgerFiles(reader, commit, place.layout);
		const checked = await inTurns(checkLedger(files, place.layout));
		const verification = holdAgainst(checked, [anchor], { tail: "report" });
		if (verification.verdict === "fail" || verification.anchored < anchor.size) return null;
		const at = {
			branch: place.branch,
			head: commit,
			corrected: correctedIn(verification)
		};
		const strangers = await strangersSince(reader, identity, at, verification.anchored);
		if (strangers.length > 0) throw frozen(strangers.map(toFinding$1));
		return toLedger(place, commit, verification, [anchor]);
	} catch (error) {
		if (error instanceof InputError || error instanceof ServiceError) return null;
		throw error;
	}
}
const maxFiles = 10;
const maxPerFile = 5;
/**
* Commits that were not the app's, as far as they can be named: who made the ledger longer, and who wrote last to the files
* that are not what they must be.
* @param files of the ledger that differ from the good one
*/
async function findForeign(reader, identity, { branch }, head, { snapshot, anchored }, files) {
	const at = {
		branch,
		head,
		corrected: correctedIn(snapshot)
	};
	const found = new Set((await strangersSince(reader, identity, at, anchored)).map(({ sha }) => sha));
	for (const path of files.slice(0, maxFiles)) for (const commit of await reader.commitsOf(head, maxPerFile, path)) {
		if (at.corrected.has(commit.sha)) continue;
		if (await isOwn(reader, identity, branch, commit)) break;
		found.add(commit.sha);
	}
	return [...found].slice(0, maxNamed);
}
/** What one entry names at most. */
const maxNamed = 100;

// bot/ledger/repair-ledger.ts
/** So often in a day the app puts the ledger back by itself; then somebody must protect the branch first. */
const mostADay = 3;
const dayMs = 864e5;
/**
* Puts back what the newest anchor vouches for, by a commit on top of whatever stands there, with an entry that says so.
* History is never rewritten; nothing that somebody else wrote stays in force, and nothing new gets in: the authority is
* the anchor, which only the app can make, and the app's own signed commits (GATE.md rule 20).
* @throws ConflictError LEDGER_MOVED when somebody writes meanwhile: look again
*/
async function repairLedger(deps, place, fault) {
	const { reader, identity, book } = openSources(deps);
	const tip = await reader.branchHead(place.anchorBranch);
	const anchor = await book.newestAnchor(reader, place);
	if (anchor === null || anchor.size === 0 || tip === null) return left("no anchor vouches for any state of it: a person must say which one is right");
	const good = await findGoodLedger(reader, identity, place, anchor);
	if (good?.commit == null) return left("no commit of the app with the anchored entries can be found: a person must bring it back");
	const now = await reader.branchHead(place.branch);
	const since = Date.parse(deps.now()) - dayMs;
	const tries = now === null ? 0 : await triedOfLate(reader, identity, place, now, since);
	if (Math.max(tries, correctedOfLate(good, since)) >= mostADay) return left(`it was put back ${mostADay} times within a day: protect the branch first`);
	return correct(deps, {
		place,
		good,
		restored: good.commit,
		head: now,
		tip,
		fault
	});
}
const left = (because) => ({
	kind: "left",
	because
});
/** Corrections that stand on the branch: one after which it did not verify is in no ledger that is good. */
async function triedOfLate(reader, identity, { branch }, head, since) {
	let tries = 0;
	for (const commit of await reader.commitsOf(head, maxRecent, headPath)) {
		if (!commit.message.startsWith(correctHeadline) || Date.parse(commit.committedAt) < since) continue;
		if (await isOwn(reader, identity, branch, commit)) tries += 1;
	}
	return tries;
}
const maxRecent = 50;
const correctHeadline = "Correct the ledger: ";
function correctedOfLate({ snapshot }, since) {
	return correctionsOf(snapshot.states).filter(({ at }) => !(Date.parse(at) < since)).length;
}
async function correct(deps, correction) {
	const { place, good, restored, head, tip, fault } = correction;
	const { reader, identity } = openSources(deps);
	const found = head ?? restored;
	const wrong = await differences(deps, place.layout, restored, found);
	const foreign = await findForeign(reader, identity, place, found, good, [...wrong.keys()]);
	const note = {
		command: {
			kind: "correct-ledger",
			restored,
			size: good.snapshot.head.size,
			found,
			foreign,
			codes: codesOf(fault.findings)
		},
		at: deps.now(),
		by: appPerson(deps),
		source: {
			repositoryId: (await reader.repository()).id,
			pullRequest: 0,
			headSha: found,
			mergeSha: tip
		}
	};
	const renderers = ledgerRenderersFor(place.layout);
	const { files } = recordRequests(good.snapshot, [toRequest$1(note)], place.layout, renderers);
	const entry = toWrites(files);
	const message = {
		branch: place.branch,
		headline: `${correctHeadline}the content of ${restored.slice(0, 12)} is back`,
		body: "Written by Gatehouse. Somebody else than the app had written to this branch, or set it back."
	};
	const commit = head === null ? await deps.writer.startBranch({
		...message,
		parent: restored,
		files: entry
	}) : await deps.writer.commitOnBranch({
		...message,
		expectedHead: head,
		files: toWrites(new Map([...wrong, ...files]))
	});
	deps.book.wrote(commit);
	deps.log.warn({
		branch: place.branch,
		commit,
		restored,
		foreign
	}, "the ledger was put back");
	return {
		kind: "repaired",
		commit,
		foreign
	};
}
const toWrites = (files) => [...files].map(([path, content]) => ({
	path,
	content
}));
/** path -> text that must stand there, null: nothing; only where it differs from what stands there now. */
async function differences(deps, layout, restored, found) {
	const { reader } = openSources(deps);
	const [right, now] = [await reader.tree(restored), await reader.tree(found)];
	const texts = await readLedgerFiles(reader, restored, layout);
	const writes = /* @__PURE__ */ new Map();
	for (const [path, text] of texts) {
		const [want, have] = [right.get(path), now.get(path)];
		if (want?.blob !== have?.blob || want?.mode !== have?.mode) writes.set(path, text);
	}
	for (const path of now.keys()) if (belongsToLedger(path, layout) && !texts.has(path)) writes.set(path, null);
	return writes;
}
/** True for an error that says that the ledger is not what the app wrote. */
const isFrozen = (error) => error instanceof GatehouseError && error.code === "LEDGER_FROZEN";

// bot/incident/guard-ledger.ts
const mark = "ledger";
/** By book, so by repository and process: how the ledger was found last. A new process looks for marks once. */
const found = /* @__PURE__ */ new WeakMap();
/** Anchors whose commits may carry the mark: it was left beside the newest one. */
const maxMarked = 3;
/**
* Reads the ledger; one that is not what the app wrote is put back where an anchor says what was there. Where that cannot
* be done it stays frozen, and a mark beside the newest anchor says who mends it.
* @returns the ledger, proven and anchored; null: it is frozen
*/
async function guardLedger(deps, place) {
	const { reader, identity, book } = openSources(deps);
	try {
		const ledger = await book.read(reader, identity, place);
		if (found.get(book) !== "sound") await closeMarks(deps, ledger.anchors);
		found.set(book, "sound");
		return ledger;
	} catch (fault) {
		if (!isFrozen(fault)) throw fault;
		found.set(book, "frozen");
		const repair = await repairLedger(deps, place, fault);
		if (repair.kind === "left") {
			deps.log.warn({
				branch: place.branch,
				because: repair.because
			}, "the ledger stays frozen");
			await leaveFrozenMark(deps, place, fault.message, repair.because);
			return null;
		}
		return anchorRepaired(deps, place, repair);
	}
}
/** The notice comes first, since nothing later says which commit it was; the anchor last: only what was proven anew is vouched for. */
async function anchorRepaired(deps, place, repair) {
	const { reader, identity, book } = openSources(deps);
	const tip = await reader.branchHead(place.anchorBranch) ?? repair.commit;
	await leaveNotice(deps, tip, repair);
	const ledger = await book.read(reader, identity, place);
	const anchored = await deps.ledgerWriter.ensureAnchor(deps, ledger, tip);
	await closeMarks(deps, ledger.anchors);
	found.set(deps.book, "sound");
	return anchored;
}
async function leaveNotice(deps, headSha, { commit, foreign }) {
	const others = foreign.map((sha) => sha.slice(0, 12)).join(", ");
	await deps.writer.createFixedCheck({
		name: checkName,
		headSha,
		externalId: `${incidentPrefix}corrected:${commit}`,
		conclusion: "neutral",
		output: {
			title: "The ledger was put back",
			summary: renderMarkdown([paragraph({ strong: "Somebody else than the app had written to the ledger, or set it back." }, ` What the newest anchor vouches for stands there again, by commit `, { code: commit.slice(0, 12) }, others === "" ? "." : ` on top of what was there. Not written by the app: ${others}.`, " Let a ruleset allow only the app on the branch, without force-pushes and deletions.")]),
			text: "",
			annotations: []
		}
	});
}
async function leaveFrozenMark(deps, place, message, because) {
	const { reader, book } = openSources(deps);
	const headSha = (await book.newestAnchor(reader, place))?.commit ?? await reader.branchHead(place.anchorBranch);
	if (headSha === null) return;
	await deps.writer.createFixedCheck({
		name: checkName,
		headSha,
		externalId: openMark(mark),
		conclusion: "failure",
		output: {
			title: plainText("The ledger is frozen: nothing is promoted", 120),
			summary: renderMarkdown([paragraph({ strong: "Nothing is promoted and nothing is anchored." }, ` ${message}.`), paragraph(`Gatehouse could not put it back by itself: ${because}. Who mends it: an administrator, with the governors. See the guide "When something went past the gate".`)]),
			text: "",
			annotations: []
		}
	});
}
async function closeMarks(deps, anchors) {
	const { reader } = openSources(deps);
	const commits = [...new Set(anchors.map(({ commit }) => commit))].slice(0, maxMarked);
	for (const commit of commits) if ((await reader.checkRuns(commit, "gatehouse")).filter(({ externalId }) => externalId.endsWith(`:${mark}`)).at(-1)?.externalId === openMark(mark)) await closeMark(deps, commit, mark, "the ledger is what the app wrote");
}

// core/registry/incident-end.ts
/**
* Says whether an incident is over. It is while nothing that went past the gate stands on the branch without being in
* the ledger: recorded after all, taken back, replaced by what was judged, or brought in line.
* @returns null: it is open
*/
function endOf({ reason }, facts) {
	const { changed, tip, recorded, registeredLater, aligned, mended } = facts;
	if (recorded) return "recorded";
	const bare = changed.every(({ path }) => isConfiguration(path));
	if (reason === "governors unknown" && bare) return mended ? "mended" : null;
	const standing = changed.filter(({ path, after }) => (tip.get(path)?.blob ?? null) === after);
	if (standing.length === 0) return "taken back";
	if (standing.filter(({ path }) => {
		const model = modelOfStages(path);
		if (model !== null) return !aligned.has(model);
		return isConfiguration(path) || !registeredLater;
	}).length > 0) return null;
	return standing.every(({ path }) => modelOfStages(path) !== null) ? "aligned" : "recorded";
}

// bot/incident/review.ts
/** Open incidents that are looked at in one go, oldest first. */
const maxReviewed = 50;
/** A branch is read as it was before for some seconds: what came to it then looks as if it was taken back. */
const newForMs = 6e4;
/** Closes incidents that are over: the mark on their commit first, then the ledger, so that a crash leaves them open. */
async function closeIncidents(deps, input) {
	const { reader, place, ledger } = input;
	const open = incidentsOf(ledger.snapshot.states).filter(isOpen).filter(({ at }) => !(Math.abs(Date.parse(deps.now()) - Date.parse(at)) < newForMs)).slice(0, maxReviewed);
	const notes = [];
	for (const incident of open) {
		const end = await tryEnd(deps, input, incident);
		if (end === null) continue;
		await closeMark(deps, incident.commit, incident.pullRequest ?? "push", incidentEndWords(end));
		notes.push(await toNote$1(deps, reader, incident, end));
	}
	const tip = await reader.branchHead(place.anchorBranch);
	if (notes.length === 0 || tip === null) return;
	const { url } = await reader.repository();
	const headline = `Close ${notes.length === 1 ? "an incident" : `${notes.length} incidents`}`;
	await writeNotes(deps, {
		place,
		headline,
		url,
		anchorOn: tip
	}, notes);
}
/** One whose commits cannot be read any more stays open, and holds up no other. */
async function tryEnd(deps, input, incident) {
	try {
		return await readEnd(input, incident);
	} catch (error) {
		if (!(error instanceof GatehouseError) || error.kind === "conflict") throw error;
		deps.log.warn({
			incident: incident.number,
			code: error.code
		}, "an incident could not be reviewed");
		return null;
	}
}
async function readEnd(input, incident) {
	const { reader, ledger, policy } = input;
	const tip = await reader.branchHead(incident.baseRef);
	if (tip === null) return null;
	const { changed } = await readGovernedChange(reader, incident.base, incident.commit);
	const models = new Set(changed.flatMap(({ path }) => modelOfStages(path) ?? []));
	const aligned = /* @__PURE__ */ new Set();
	for (const model of models) if (await isAligned(reader, ledger, model, tip)) aligned.add(model);
	return endOf(incident, {
		changed,
		tip: await reader.tree(tip),
		...await recordsOf(reader, ledger, incident),
		aligned,
		mended: await findLastPolicy(reader, tip) === null && await isKnown({ reader }, policy)
	});
}
async function recordsOf(reader, { events }, { number, commit, pullRequest, model }) {
	const opened = events.find(({ stream, seq }) => stream === streamOf("_repository") && seq === number);
	const after = events.filter(({ gseq, data }) => gseq > (opened?.gseq ?? 0) && !isIncidentEvent(data));
	const registered = after.filter(({ stream, data }) => model !== null && data.type === "VersionRegistered" && stream === streamOf(model));
	return {
		recorded: after.some(({ source, data }) => source.mergeSha === commit && source.pullRequest === pullRequest && data.type !== "HeldOutUsed"),
		registeredLater: await someHolds(reader, registered.map(({ source }) => source.mergeSha), commit)
	};
}
/** Recorded later is not merged later, nor on the same branch: what was judged must have had it in its history. */
async function someHolds(reader, merges, commit) {
	for (const merge of merges) if (merge !== commit && await reader.mergeBase(merge, commit) === commit) return true;
	return false;
}
async function isAligned(reader, { snapshot }, model, tip) {
	const path = stagesPath(model);
	const bytes = await reader.file(path, tip);
	const text = bytes === null ? null : toText(bytes);
	if (text === null) return false;
	try {
		const state = snapshot.states.get(model) ?? emptyState(model);
		return differencesToLedger(parseStages(text, path), state).length === 0;
	} catch (error) {
		if (error instanceof InputError) return false;
		throw error;
	}
}
async function toNote$1(deps, reader, { number, commit, pullRequest }, because) {
	return {
		command: {
			kind: "close-incident",
			incident: number,
			because
		},
		at: deps.now(),
		by: appPerson(deps),
		source: {
			repositoryId: (await reader.repository()).id,
			pullRequest: pullRequest ?? 0,
			headSha: commit,
			mergeSha: commit
		}
	};
}

// bot/incident/tend.ts
/**
* Looks after a repository as a whole, whatever pull requests say: the ledger is what the app wrote, what was approved in
* advance is rolled back, stages.yml says what the ledger says, pushes past the gate are found, and incidents that are over are closed. Level-triggered.
*/
async function tend(deps) {
	const { reader } = openSources(deps);
	const repository = await reader.repository();
	const tip = await reader.branchHead(repository.defaultBranch);
	if (tip === null) return;
	const past = withLastPolicy(reader);
	const policy = await readPolicyOrNull(deps, past, repository);
	if (policy === null) return;
	const place = placeOf$1(policy.ledger.branch, repository.defaultBranch);
	const ledger = await guardLedger(deps, place);
	if (ledger === null) return;
	if (await findLastPolicy(reader, tip) === null) await align(deps);
	if (policy.enforce === false) return;
	const tooNew = await notePushes(deps, past, {
		place,
		policy,
		ledger,
		branch: repository.defaultBranch
	}).catch((error) => {
		if (error instanceof ConflictError && error.code === "PUSH_TOO_NEW") return error;
		throw error;
	});
	const fresh = openSources(deps);
	await closeIncidents(deps, {
		reader: fresh.reader,
		place,
		ledger: await fresh.book.read(fresh.reader, fresh.identity, place),
		policy
	});
	if (tooNew) throw tooNew;
}
async function readPolicyOrNull(deps, reader, repository) {
	try {
		return await readDefaultPolicy(reader, repository);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		deps.log.warn({ code: error.code }, "no policy of the default branch can be read");
		return null;
	}
}
async function notePushes(deps, reader, { place, policy, ledger, branch }) {
	const { id, url } = await reader.repository();
	const branches = policy.branches.length > 0 ? policy.branches : [branch];
	for (const baseRef of branches) {
		const pushes = await findPushes(deps, reader, ledger, baseRef);
		const newest = pushes[0];
		if (newest === void 0) continue;
		for (const push of pushes) await leaveMark(deps, openMark("push"), {
			reason: "pushed past",
			because: `${push.changed.length === 1 ? "A governed path" : `${push.changed.length} governed paths`} changed without a pull request, so nothing was judged and nobody approved.`,
			by: push.by.login,
			baseRef,
			commit: push.commit.sha,
			model: push.model,
			helpers: [],
			serving: servingOf(ledger, push.model)
		});
		const headline = `Note ${pushes.length === 1 ? "a push" : `${pushes.length} pushes`} past the gate`;
		const notes = pushes.map((push) => toNote(deps, id, baseRef, push)).reverse();
		await writeNotes(deps, {
			place,
			headline,
			url,
			anchorOn: newest.commit.sha
		}, notes);
	}
}
function toNote(deps, repositoryId, baseRef, { commit, base, by, model }) {
	return {
		command: {
			kind: "open-incident",
			reason: "pushed past",
			model,
			baseRef,
			base,
			codes: []
		},
		at: deps.now(),
		by,
		source: {
			repositoryId,
			pullRequest: 0,
			headSha: commit.sha,
			mergeSha: commit.sha
		}
	};
}

// adapters/github/installation.ts
/**
* Says who we are.
* @param app authenticated as the app itself
* @param installation authenticated as an installation: may read accounts
*/
async function readIdentity(app, installation) {
	return readGitHub("identity of the app", async () => {
		const { data } = await app.request("GET /app");
		if (!data?.slug) throw incomplete("identity of the app", "it has no name");
		const botLogin = `${data.slug}[bot]`;
		const bot = await installation.request("GET /users/{username}", { username: botLogin });
		return {
			appId: toId(data.id),
			botId: toId(bot.data.id),
			botLogin
		};
	});
}
/** Ids of the app's installations. @param app authenticated as the app itself */
async function readInstallations(app) {
	return readGitHub("installations of the app", () => readAllPages("installations of the app", async (page, perPage) => {
		const { data, headers } = await app.request("GET /app/installations", {
			per_page: perPage,
			page
		});
		return {
			items: data.map(({ id }) => toId(id)),
			link: headers.link
		};
	}));
}
/** Id of the app's installation on a repository. @param app authenticated as the app itself */
async function readInstallationOf(app, name) {
	return readGitHub(`installation of the app on ${name.owner}/${name.repo}`, async () => {
		const { data } = await app.request("GET /repos/{owner}/{repo}/installation", { ...name });
		return toId(data.id);
	});
}
/** Full names of the repositories that an installation may see. */
async function readInstallationRepositories(installation) {
	return readGitHub("repositories of the installation", () => readAllPages("repositories of the installation", async (page, perPage) => {
		const { data, headers } = await installation.request("GET /installation/repositories", {
			per_page: perPage,
			page
		});
		return {
			items: data.repositories.map(({ full_name }) => full_name),
			total: data.total_count,
			link: headers.link
		};
	}));
}

// adapters/github/budget/cost.ts
/**
* What makes content is documented by examples alone. A commit by GraphQL may be some: it is counted.
* @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
*/
const contentRoute = /^POST \S*\/repos\/[^/]+\/[^/]+\/(?:issues|pulls|releases)(?:\/|$)|^POST \S*\/git\/(?:refs|commits)$/;
function toCost({ method = "GET", url = "", query }) {
	const path = url.split("?", 1)[0] ?? "";
	if (/\/graphql$/.test(path)) {
		const mutates = /^\s*mutation\b/.test(String(query));
		return {
			resource: "graphql",
			mutates,
			points: mutates ? 5 : 1,
			content: mutates ? 1 : 0
		};
	}
	const verb = method.toUpperCase();
	const mutates = verb !== "GET" && verb !== "HEAD";
	const content = contentRoute.test(`${verb} ${path}`) ? 1 : 0;
	return {
		resource: "core",
		mutates,
		points: mutates ? 5 : 1,
		content
	};
}

// adapters/github/installation-client.ts
/** A token lives an hour; it is not used in its last minutes, since a call may take some. */
const unusedMs = 3e5;
/** A token that was made just now may not be known everywhere yet. */
const spreadingMs = 1e4;
const maxUnauthorized = 3;
/** GitHub ends its calls after ten seconds; an artifact takes longer. */
const answerWithinMs = 6e4;
/**
* A client of one installation. Its token reaches no further than its scope, so that a fault in the work for one
* repository writes to no other; nothing is sent but through the budget, and nothing is repeated behind its back.
*/
function createInstallationClient(access, scope) {
	const { app, budget, pace } = access;
	const octokit = new Octokit({
		userAgent: "gatehouse",
		log: quietLog,
		baseUrl: app.request.endpoint.DEFAULTS.baseUrl
	});
	const tokens = new Tokens(access, scope);
	octokit.hook.wrap("request", (request, options) => budget.send(toCost(options), async () => {
		for (let attempt = 1;; attempt += 1) {
			const token = await tokens.current();
			try {
				options.headers.authorization = `token ${token.text}`;
				options.request = {
					...options.request,
					signal: AbortSignal.timeout(answerWithinMs)
				};
				return await request(options);
			} catch (error) {
				if (statusOf(error) !== 401 || attempt >= maxUnauthorized) throw error;
				tokens.doubt(token);
				await pace.wait(attempt * 1e3);
			}
		}
	}));
	return octokit;
}
/** The token of one client, made anew when it grows old. */
var Tokens = class {
	access;
	scope;
	made = null;
	constructor(access, scope) {
		this.access = access;
		this.scope = scope;
	}
	async current() {
		const asked = this.made ?? this.renew();
		const token = await asked;
		if (Date.now() < token.expiresMs - unusedMs) return token;
		return this.made === asked ? this.renew() : this.current();
	}
	/** It was refused: a new one is made, unless it is only new itself. */
	doubt(token) {
		if (Date.now() - token.madeMs > spreadingMs) this.made = null;
	}
	renew() {
		const made = this.make();
		this.made = made;
		made.catch(() => {
			if (this.made === made) this.made = null;
		});
		return made;
	}
	async make() {
		const { app, installation } = this.access;
		const { data } = await readGitHub("token of the installation", () => app.request("POST /app/installations/{installation_id}/access_tokens", {
			installation_id: installation,
			...this.scope.kind === "repository" ? { repositories: [this.scope.name] } : { permissions: { metadata: "read" } }
		}));
		const expiresMs = Date.parse(data.expires_at);
		const madeMs = Date.now();
		return {
			text: data.token,
			madeMs,
			expiresMs: Number.isFinite(expiresMs) ? expiresMs : 0
		};
	}
};

// bot/installations.ts
/** Where the app is installed, and clients for it: one budget for each installation, one token for each repository. */
var Installations = class {
	openApp;
	pace;
	budgets = /* @__PURE__ */ new Map();
	known = null;
	/** @param openApp gives a client that is authenticated as the app itself */
	constructor(openApp, pace = ownPace) {
		this.openApp = openApp;
		this.pace = pace;
	}
	/** A client that sees and changes this repository alone. */
	async client({ installation, fullName }) {
		const { repo } = parseRepositoryName(fullName);
		return createInstallationClient(await this.access(installation), {
			kind: "repository",
			name: repo
		});
	}
	/** Who the app is; read once. */
	identity(installation) {
		const reading = this.known ?? this.readIdentity(installation);
		this.known = reading;
		reading.catch(() => {
			this.known = null;
		});
		return reading;
	}
	async list() {
		const installed = [];
		for (const installation of await readInstallations(await this.openApp())) for (const fullName of await readInstallationRepositories(await this.names(installation))) installed.push({
			installation,
			fullName
		});
		return installed;
	}
	/** @throws ServiceError GITHUB_READ_FAILED where the app is not installed */
	async find(fullName) {
		return {
			installation: await readInstallationOf(await this.openApp(), parseRepositoryName(fullName)),
			fullName
		};
	}
	async readIdentity(installation) {
		return readIdentity(await this.openApp(), await this.names(installation));
	}
	async names(installation) {
		return createInstallationClient(await this.access(installation), { kind: "repository names" });
	}
	async access(installation) {
		const budget = this.budgets.get(installation) ?? new Budget(this.pace);
		this.budgets.set(installation, budget);
		return {
			app: await this.openApp(),
			installation,
			budget,
			pace: this.pace
		};
	}
};

// bot/intake/bucket.ts
/** Somebody may ask so much at once on one pull request, and gets one more after each while. */
const capacity = 5;
const refillMs = 6e4;
/** More than these are not remembered: the longest quiet are forgotten, whose buckets are full again. */
const mostBuckets = 1e4;
/** Buckets of commands, one for each person and pull request: a flood of them must not use up what GitHub allows us. */
var Buckets = class {
	levels = /* @__PURE__ */ new Map();
	/** @param key of the person and the pull request */
	take(key, nowMs) {
		const { tokens, told } = this.levelOf(key, nowMs);
		const isFree = tokens >= 1;
		this.put(key, {
			tokens: isFree ? tokens - 1 : tokens,
			atMs: nowMs,
			told: !isFree
		});
		if (isFree) return "admitted";
		return told ? "dropped" : "told";
	}
	levelOf(key, nowMs) {
		const known = this.levels.get(key);
		if (known === void 0) return {
			tokens: capacity,
			atMs: nowMs,
			told: false
		};
		const passed = Math.max(0, nowMs - known.atMs) / refillMs;
		return {
			...known,
			tokens: Math.min(capacity, known.tokens + passed)
		};
	}
	put(key, level) {
		this.levels.delete(key);
		this.levels.set(key, level);
		if (this.levels.size <= mostBuckets) return;
		const [oldest] = this.levels.keys();
		if (oldest !== void 0) this.levels.delete(oldest);
	}
};

// bot/handlers/check-run.ts
/**
* "Re-run" or a button pressed on our check: GitHub shows them to those who may push. A check belongs to a commit: which pull
* requests have it is asked, not believed.
*/
function checkRunLooks(payload) {
	const asks = payload.requested_action?.identifier === "request";
	return [{
		kind: "commit",
		sha: payload.check_run.head_sha,
		...asks ? { asks } : {}
	}];
}

// bot/handlers/stranger.ts
/**
* Whom GitHub knows nothing of in this repository. A member whose membership is private and who has no merged commit is
* told as NONE as well, whatever rights a team gives: such a person makes the membership public, or is made a collaborator.
* @see https://docs.github.com/graphql/reference/enums#commentauthorassociation
*/
const strange$1 = /* @__PURE__ */ new Set([
	"NONE",
	"FIRST_TIMER",
	"FIRST_TIME_CONTRIBUTOR",
	"MANNEQUIN"
]);
/**
* Whether a signed body says that a stranger wrote something: then it is dropped before any call. It is believed only
* to drop; who may do something is read from GitHub. In a private repository nobody is a stranger.
*/
const isStranger = (association, repository) => repository?.private === false && association !== void 0 && strange$1.has(association);

// bot/handlers/issue-comment.ts
/**
* Comments never approve and change nothing: a line that starts with `/gatehouse` may make us look again and be answered.
* Everything else, every comment on a plain issue, and whatever a bot or a stranger writes is dropped before any call is
* made. The body of an event is believed only so far: to drop.
*/
function issueCommentLooks(payload) {
	if (isStranger(payload.comment.author_association, payload.repository)) return [];
	if (payload.issue.pull_request === void 0 || payload.sender?.type === "Bot") return [];
	if (!/^\/gatehouse(?:\s|$)/m.test(payload.comment.body)) return [];
	const { number } = payload.issue;
	const { id: comment, user } = payload.comment;
	return [{
		kind: "command",
		number,
		comment,
		...user ? { actor: user.id } : {}
	}];
}

// bot/handlers/merge-group.ts
function mergeGroupLooks(payload) {
	return [{
		kind: "merge group",
		headSha: payload.merge_group.head_sha
	}];
}

// bot/handlers/pull-request.ts
/** Opened, pushed to, edited, closed, merged: in every case look at it again. What a stranger does is counted. */
function pullRequestLooks(payload) {
	const { number, action, pull_request: pull, sender, repository } = payload;
	return [{
		kind: "pull",
		number,
		...action !== "closed" && isStranger(pull?.author_association, repository) && sender ? { actor: sender.id } : {}
	}];
}
/**
* What of it may change a decision, or the check and comment that show it. Labels, assignees, milestones, locks and
* requested reviewers do not.
*/
const pullRequestActions = [...[
	"opened",
	"reopened",
	"edited",
	"synchronize",
	"closed"
], ...[
	"ready_for_review",
	"converted_to_draft",
	"enqueued",
	"dequeued"
]];

// bot/handlers/pull-request-review.ts
/**
* A review by anybody may count, if only because a role names them; a mere comment counts for nothing, and a stranger's
* is dropped; what else a stranger says is counted.
*/
function reviewLooks(payload) {
	const { review, sender, repository } = payload;
	const isStrange = isStranger(review?.author_association, repository);
	if (isStrange && review?.state?.toLowerCase() === "commented") return [];
	const actor = isStrange && sender ? { actor: sender.id } : {};
	return [{
		kind: "pull",
		number: payload.pull_request.number,
		...actor
	}];
}

// bot/handlers/push.ts
/**
* A base branch or the ledger may have moved: what is open to that branch is looked at again. Tags and deletions move
* nothing, and neither does a look that was counted: only its own pull request has to do with it.
*/
function pushLooks({ ref, deleted, sender, head_commit: commit }) {
	if (!ref.startsWith("refs/heads/") || deleted) return [];
	if (sender?.type === "Bot" && commit?.message.startsWith("Count look ") === true) return [];
	return [{
		kind: "branch",
		branch: ref.slice(11)
	}];
}

// bot/handlers/workflow-run.ts
/** A run started or ended. For forks the payload names no pull request, so the commit is looked up. */
function workflowRunLooks(payload) {
	return [{
		kind: "commit",
		sha: payload.workflow_run.head_sha
	}];
}

// bot/handlers/table.ts
const number$1 = int().positive();
const sha$1 = string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
/** What only tells whom to drop: where it has another shape, nobody is dropped. */
const sender = object({ id: number$1 }).optional().catch(void 0);
const repository$1 = object({ private: boolean() }).optional().catch(void 0);
const association = string().optional().catch(void 0);
/** @param actions the only ones that are handled; all when absent */
function handle(schema, looks, actions) {
	return (payload) => {
		if (typeof payload !== "object" || payload === null) return null;
		if (actions !== void 0 && !actions.includes(actionOf(payload))) return [];
		const read = schema.safeParse(payload);
		return read.success ? looks(read.data) : null;
	};
}
const actionOf = (payload) => object({ action: string() }).safeParse(payload).data?.action ?? "";
/** Every event that the app subscribes to. Comments that were edited are not here: what was asked is asked once. */
const handlers = {
	check_run: handle(object({
		check_run: object({ head_sha: sha$1 }),
		requested_action: object({ identifier: string() }).optional()
	}), checkRunLooks, ["rerequested", "requested_action"]),
	issue_comment: handle(object({
		issue: object({
			number: number$1,
			pull_request: unknown().optional()
		}),
		comment: object({
			id: number$1,
			body: string(),
			author_association: association,
			user: sender
		}),
		sender: object({ type: string() }).optional(),
		repository: repository$1
	}), issueCommentLooks, ["created"]),
	merge_group: handle(object({ merge_group: object({ head_sha: sha$1 }) }), mergeGroupLooks, ["checks_requested"]),
	pull_request: handle(object({
		number: number$1,
		action: string().optional(),
		pull_request: object({ author_association: association }).optional().catch(void 0),
		sender,
		repository: repository$1
	}), pullRequestLooks, pullRequestActions),
	pull_request_review: handle(object({
		pull_request: object({ number: number$1 }),
		review: object({
			state: string(),
			author_association: association
		}).optional().catch(void 0),
		sender,
		repository: repository$1
	}), reviewLooks),
	push: handle(object({
		ref: string(),
		deleted: boolean(),
		sender: object({ type: string().optional() }).optional(),
		head_commit: object({ message: string() }).nullish()
	}), pushLooks),
	workflow_run: handle(object({ workflow_run: object({ head_sha: sha$1 }) }), workflowRunLooks)
};

// bot/intake/hint.ts
const number = int().positive();
const repository = string().regex(/^[A-Za-z0-9_-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/);
const origin = object({
	installation: object({ id: number }),
	repository: object({ full_name: repository })
});
/** @param payload the parsed body, whose signature was verified */
function toHint(event, delivery, payload) {
	const handler = Object.hasOwn(handlers, event) ? handlers[event] : void 0;
	if (handler === void 0) return "nothing";
	const looks = handler(payload);
	if (looks === null) return "unreadable";
	if (looks.length === 0) return "nothing";
	const from = origin.safeParse(payload).data;
	if (from === void 0) return "unreadable";
	return {
		event,
		delivery: delivery.slice(0, 64),
		looks,
		installation: from.installation.id,
		repository: from.repository.full_name
	};
}
const sha = string().regex(/^[0-9a-f]+$/);
const look = discriminatedUnion("kind", [
	object({
		kind: literal("pull"),
		number,
		actor: number.optional()
	}),
	object({
		kind: literal("commit"),
		sha,
		asks: boolean().optional()
	}),
	object({ kind: literal("repository") }),
	object({
		kind: literal("merge group"),
		headSha: sha
	}),
	object({
		kind: literal("branch"),
		branch: string().max(250)
	}),
	object({
		kind: literal("command"),
		number,
		comment: number,
		actor: number.optional()
	})
]);
const hint = object({
	event: string(),
	delivery: string(),
	installation: number,
	repository,
	looks: array(look)
});

// core/policy/merge-group.ts
/**
* Decides about a merge group: each of its pull requests by its own decision, and no model moves in two of them, since the
* later one was never compared with what the earlier one would make champion (GATE.md rule 4).
* @param members in the order in which the group merges them; none is no success
*/
function decideGroup(members) {
	const seen = /* @__PURE__ */ new Set();
	const outcomes = members.map((member) => {
		const models = member.decision.moves.map(({ model }) => model);
		const twice = models.find((model) => seen.has(model));
		for (const model of models) seen.add(model);
		return toOutcome(member, twice);
	});
	const bad = members.filter((_, at) => outcomes[at]?.allowed !== true);
	const held = members.length === 0 || bad.some(({ enforced }) => enforced);
	return {
		conclusion: members.length > 0 && bad.length === 0 ? "success" : held ? "failure" : "neutral",
		members: outcomes
	};
}
function toOutcome({ number, decision }, twice) {
	const allowed = twice === void 0 && (decision.kind === "allowed" || decision.kind === "nothing");
	const open = decision.rules.find(({ state }) => standsInTheWay(state));
	return {
		number,
		allowed,
		because: twice === void 0 ? open?.because ?? (allowed ? "allowed" : decision.kind) : `${twice} moves in an earlier pull request of this group`
	};
}

// bot/merge-group.ts
/** A merge queue builds groups far smaller than this. */
const maxGroup = 50;
/**
* Decides about a merge group: every pull request in it again, each onto what stands before it in the group. Nothing
* trains and nothing is judged here; a champion that another member replaces makes the later one wait its turn.
*/
async function evaluateGroup(deps, headSha) {
	const sources = openSources(deps);
	try {
		const members = await readMembers(sources.reader, headSha);
		const { conclusion, members: outcomes } = decideGroup(await decideMembers(sources, members));
		const bad = outcomes.filter(({ allowed }) => !allowed);
		const title = bad.length === 0 ? `All ${outcomes.length} allowed` : `${bad.length} not allowed`;
		await deps.writer.upsertCheck({
			name: checkName,
			headSha,
			externalId: `group:${members.map(({ pull }) => pull.number).join(",")}`,
			conclusion,
			output: {
				title: plainText(conclusion === "neutral" ? `Report only: ${title}` : title, 120),
				summary: outcomes.map(({ number, because }) => `- Pull request ${number}: ${cell(because, 500)}`).join("\n"),
				text: "",
				annotations: []
			}
		});
	} catch (error) {
		if (!(error instanceof GatehouseError) || error.kind === "conflict") throw error;
		await deps.writer.upsertCheck(failedCheck(headSha, error));
		if (error.kind === "service") throw error;
	}
}
async function decideMembers(sources, members) {
	const decided = [];
	for (const { pull, onto } of members) {
		const { facts, decision } = await decideMerged(sources, await gather(sources, pull, onto));
		decided.push({
			number: pull.number,
			decision,
			enforced: facts.input.policy.enforce !== false
		});
	}
	return decided;
}
/**
* Walks back from the group's head to its base branch. Every commit on the way must be the merge of one open pull
* request; the names in the event or the branch are not asked.
*/
async function readMembers(reader, headSha) {
	const members = [];
	let sha = headSha;
	while (members.length < maxGroup) {
		const [onto, head] = (await reader.commit(sha)).parents;
		if (onto === void 0 || head === void 0) throw strange(sha);
		const pull = await findOpen(reader, head);
		if (pull === null) throw strange(sha);
		members.unshift({
			pull,
			onto
		});
		const tip = await reader.branchHead(pull.base.ref);
		if (tip !== null && await reader.mergeBase(onto, tip) === onto) return members;
		sha = onto;
	}
	throw strange(headSha);
}
/** Anybody can open one with the same head from a fork, or onto a base without a gate: such a one is not what is queued. */
async function findOpen(reader, head) {
	const repository = await reader.repository();
	const found = [];
	for (const number of await reader.pullsOfCommit(head)) {
		const pull = await reader.pull(number);
		if (pull.state !== "open" || pull.head.sha !== head) continue;
		if ((await readGovernance(reader, repository, pull.base.ref)).kind === "governed") found.push(pull);
	}
	return found.find((pull) => !isFork(pull, repository)) ?? found[0] ?? null;
}
function strange(sha) {
	return new InputError("MERGE_GROUP", `Commit ${sha.slice(0, 12)} of the merge group is not the merge of one open pull request`, { hint: "Let the merge queue use merge commits, so that each commit names the pull request it merges." });
}

// core/onboarding/past-pulls.ts
/**
* Says what approvals a policy would have asked for in pull requests of before, as if its models had been set up then.
* Evidence there was none: what data and gates would have said is not known, and is not guessed.
*/
const replayPulls = (input) => input.pulls.map((pull) => replayPull(pull, input)).sort((a, b) => b.number - a.number);
function replayPull(pull, { found, policy, members }) {
	const { number, paths } = pull;
	const holds = (files) => files.some((file) => isAt(file, paths));
	const models = found.models.filter(({ name, script, artifact, reads }) => holds([
		`models/${name}`,
		script,
		artifact,
		...reads
	]));
	const datasets = found.datasets.filter(({ files, local }) => holds([...files, ...local]));
	const configuration = paths.filter(isConfiguration);
	const change = {
		kind: "request",
		model: models[0]?.name ?? null,
		proposal: models.length > 0,
		newModel: false,
		datasets: datasets.map(({ name }) => name),
		newDatasets: [],
		configuration,
		moves: models.map(({ name }) => ({
			kind: "registration",
			model: name,
			to: "registered"
		})),
		contentPaths: [],
		contentDigest: ""
	};
	const { approvers, own } = whoApproved(pull, members);
	const lines = requiredApprovals(change, policy, null, { pushersKnown: !pull.strangers });
	const filled = assignApprovers(lines, approvers);
	const touches = [
		...models.map(({ name }) => `model ${name}`),
		...datasets.map(({ name }) => `dataset ${name}`),
		...configuration.length === 0 ? [] : ["workflows and rules"]
	];
	return {
		number,
		touches,
		own,
		judged: models.length + datasets.length > 0,
		missing: touches.length === 0 ? [] : lines.flatMap(({ role, count }, at) => shortOf(role, count, filled[at]))
	};
}
function shortOf(role, count, filled = []) {
	const missing = count - filled.length;
	return missing > 0 ? [{
		role,
		count: missing
	}] : [];
}
/** A file, or one below a folder. */
const isAt = (file, paths) => file !== null && paths.some((path) => path === file || path.startsWith(`${file}/`));
/** The latest review that decides speaks for each person, and nobody for what he or she made. */
function whoApproved({ makers, reviews, mergedAt }, members) {
	const before = reviews.filter(({ state, submittedAt }) => state !== "COMMENTED" && submittedAt <= mergedAt).toSorted((a, b) => a.submittedAt === b.submittedAt ? a.id - b.id : a.submittedAt < b.submittedAt ? -1 : 1);
	const approved = [...new Map(before.map((review) => [review.reviewer.id, review])).values()].filter(({ state, reviewer }) => state === "APPROVED" && reviewer.kind === "User");
	const made = new Set(makers.map(({ id }) => id));
	const rolesOf = (id) => [...members].flatMap(([role, people]) => people.some((person) => person.id === id) ? [role] : []);
	return {
		own: approved.filter(({ reviewer }) => made.has(reviewer.id)).map(({ reviewer }) => reviewer.login),
		approvers: approved.filter(({ reviewer }) => !made.has(reviewer.id)).map(({ reviewer: { id } }) => ({
			id,
			roles: rolesOf(id)
		}))
	};
}

// bot/past-pulls.ts
/** Merged pull requests that are told of: each is half a dozen calls, once in the life of a repository. */
const mostPulls = 10;
/** Closed ones that are listed to find them. */
const mostListed = 40;
/** Reads the last merged pull requests of a branch, and what a policy would have asked for before their merge. */
async function readPastReplay(deps, branch, { policy, found }) {
	const { reader } = openSources(deps);
	const { url } = await reader.repository();
	const merged = (await reader.pulls({
		state: "closed",
		base: branch,
		limit: mostListed
	})).filter((pull) => pull.mergedAt !== null).slice(0, mostPulls);
	const pulls = [];
	const unread = [];
	for (const pull of merged) {
		const past = await tryPull(deps, pull);
		if (past === null) unread.push(pull.number);
		else pulls.push(past);
	}
	const members = /* @__PURE__ */ new Map();
	const people = withUnknownRolesEmpty(reader, null);
	for (const [name, role] of Object.entries(policy.roles)) members.set(name, await people.membersOf(role));
	return {
		url,
		pulls: replayPulls({
			pulls,
			found,
			policy,
			members
		}),
		unread
	};
}
/** One that is too large, or whose commits are gone, keeps nobody from being asked. */
async function tryPull(deps, pull) {
	try {
		return await readPull(deps, pull);
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		deps.log.info({
			number: pull.number,
			code: error.code
		}, "a merged pull request could not be replayed");
		return null;
	}
}
async function readPull(deps, { number, base, head, author, mergedAt }) {
	const { reader } = openSources(deps, number);
	await reader.pull(number);
	const commits = await reader.pullCommits(number);
	const fork = await reader.mergeBase(base.sha, head.sha);
	const changed = diffTrees(await reader.tree(fork), await reader.tree(head.sha));
	const hands = commits.flatMap(({ author: wrote, committer }) => [wrote, committer]);
	return {
		number,
		mergedAt: mergedAt ?? "",
		paths: changed.map(({ path }) => path),
		makers: [author, ...hands.filter((person) => person !== null)],
		strangers: commits.some(isByStranger),
		reviews: await reader.reviews(number)
	};
}
const isByStranger = ({ author, committer }) => author === null || committer === null;

// bot/onboard.ts
const branch = "gatehouse/onboarding";
/** Files whose text is read: each is a call. */
const mostTexts = 40;
/**
* Opens one pull request with a policy that only reports, in a repository that has a model and nothing of Gatehouse.
* Once: whoever closes it has said no. It says what the last merged pull requests would have met. The workflow is in its description, since the app may write none; contracts and
* models come with `gatehouse init`, which sees the data.
*/
async function onboard(deps) {
	const { reader } = openSources(deps);
	const repository = await reader.repository();
	const tip = await reader.branchHead(repository.defaultBranch);
	if (tip === null) return;
	const paths = [...(await reader.tree(tip)).keys()].sort();
	if (paths.some((path) => /^\.github\/gatehouse\.ya?ml$/.test(path)) || await wasAsked(deps, reader)) return;
	const survey = await readSurvey(reader, {
		tip,
		paths,
		fullName: repository.fullName
	});
	const existing = findExisting(survey);
	const found = findSetup(survey, existing);
	if (found.models.length === 0) return;
	const [key] = deps.keys;
	const sealTo = key === void 0 ? {} : { sealTo: sealKeyOf(key).spki };
	const answers = {
		...defaultAnswers(found, existing, null),
		...sealTo
	};
	const expires = new Date(Date.parse(deps.now()) + 90 * 864e5).toISOString().slice(0, 10);
	const whole = proposeSetup({
		survey,
		found,
		existing,
		answers,
		inferred: /* @__PURE__ */ new Map(),
		expires
	});
	const policy = whole.files.find(({ path }) => path === policyPath);
	if (policy === void 0) return;
	const byHand = whole.files.filter(({ path }) => path.startsWith(".github/workflows/"));
	const past = await readPastReplay(deps, repository.defaultBranch, {
		policy: parsePolicy(policy.text, policyPath),
		found
	});
	await bringPull(deps, reader, {
		branch,
		base: repository.defaultBranch,
		tip,
		path: policyPath,
		content: policy.text,
		title: "Set up Gatehouse, report-only",
		body: renderOnboarding({
			found,
			answers,
			proposal: {
				...whole,
				files: [policy]
			},
			byHand,
			past
		}).trimEnd()
	});
}
/** Open, merged or closed: it was seen. */
async function wasAsked({ name }, reader) {
	const head = `${name.owner}:${branch}`;
	return (await reader.pulls({
		state: "all",
		head,
		limit: 1
	})).length > 0;
}
async function readSurvey(reader, { tip, paths, fullName }) {
	const texts = /* @__PURE__ */ new Map();
	for (const path of paths.filter(isSurveyed).slice(0, mostTexts)) {
		const bytes = await reader.file(path, tip);
		const text = bytes === null ? null : toText(bytes);
		if (text !== null) texts.set(path, text);
	}
	return {
		paths,
		texts,
		tables: /* @__PURE__ */ new Set(),
		repository: fullName,
		folder: fullName
	};
}

// bot/queue.ts
/** Waits between attempts of a look that failed; afterwards the next event or reconcile looks again. */
const retryDelaysMs = [
	1e3,
	1e4,
	6e4
];
/**
* Looks at things one at a time for each key, and never forgets one: an event that comes during a look makes exactly
* one more look. The queue is never longer than the number of keys, so nothing is ever dropped.
*/
var LookQueue = class {
	slots = /* @__PURE__ */ new Map();
	log;
	delaysMs;
	waiters = [];
	stopped = false;
	constructor(log, delaysMs = retryDelaysMs) {
		this.log = log;
		this.delaysMs = delaysMs;
	}
	/**
	* `work` runs after whatever runs for the key now, in place of what waits.
	* @returns true when it, or what came in its place, ended well; false when it was given up or the queue stopped.
	* Never rejects.
	*/
	add(key, work) {
		if (this.stopped) return Promise.resolve(false);
		const slot = this.slots.get(key) ?? {
			work: null,
			askers: [],
			running: false,
			attempts: 0,
			timer: null
		};
		this.slots.set(key, slot);
		if (slot.timer !== null) clearTimeout(slot.timer);
		slot.timer = null;
		slot.attempts = 0;
		slot.work = work;
		const done = new Promise((resolve) => slot.askers.push(resolve));
		if (!slot.running) this.run(key, slot);
		return done;
	}
	/** Things that are looked at now or wait for it. */
	get size() {
		return this.slots.size;
	}
	/** Runs `work` only when nothing runs or waits for the key. @returns false: somebody looks already */
	addIfFree(key, work) {
		if (this.slots.has(key)) return false;
		this.add(key, work);
		return true;
	}
	/** Resolves when nothing runs or waits, retries included. */
	async idle() {
		if (this.slots.size === 0) return;
		await new Promise((resolve) => this.waiters.push(resolve));
	}
	/** Forgets what waits: for shutdown. What runs is let finish. */
	stop() {
		this.stopped = true;
		for (const [key, slot] of this.slots) {
			if (slot.timer !== null) clearTimeout(slot.timer);
			slot.timer = null;
			slot.work = null;
			settle(slot.askers.splice(0), false);
			if (!slot.running) this.release(key);
		}
	}
	async run(key, slot) {
		slot.running = true;
		while (slot.work !== null) {
			const { work } = slot;
			const askers = slot.askers.splice(0);
			slot.work = null;
			try {
				await work();
				slot.attempts = 0;
				settle(askers, true);
			} catch (error) {
				this.log.warn({
					key,
					attempt: slot.attempts + 1,
					error: String(error)
				}, "look failed");
				const isFollowed = slot.work !== null;
				const isRetried = !isFollowed && this.retryLater(key, slot, work, error);
				if (isFollowed || isRetried) slot.askers.unshift(...askers);
				else settle(askers, false);
				if (isRetried) break;
			}
		}
		slot.running = false;
		if (slot.timer === null && slot.work === null) this.release(key);
	}
	/** What GitHub puts off is no attempt that failed: it comes again at its time, however often. */
	retryLater(key, slot, work, error) {
		const isPutOff = error instanceof LimitError;
		const delay = isPutOff ? error.retryAfterMs : this.delaysMs[slot.attempts];
		if (delay === void 0 || this.stopped) return false;
		if (!isPutOff) slot.attempts += 1;
		slot.timer = setTimeout(() => {
			slot.timer = null;
			slot.work = work;
			this.run(key, slot);
		}, delay);
		return true;
	}
	release(key) {
		this.slots.delete(key);
		if (this.slots.size > 0) return;
		const waiting = this.waiters;
		this.waiters = [];
		for (const resolve of waiting) resolve();
	}
};
function settle(askers, isDone) {
	for (const tell of askers) tell(isDone);
}

// bot/reconcile.ts
/** Merges older than this are not looked at again by themselves. */
const recentDays = 30;
const maxMerges = 50;
/** Everything is looked at so often, whatever is heard: people leave teams, and nothing tells. */
const wholeEveryMs = 36e5;
/** What was merged so lately is looked at by every reconcile: it may not have been judged yet. */
const lateMs = 36e5;
/** GitHub's times have whole seconds, and a list may be a moment behind what it lists. */
const unsettledMs = 6e4;
/**
* Knows which pull requests to look at: all of them at first and once an hour, otherwise those that one page says have
* changed, those whose time has come, and those whose look has failed. What it forgets in a crash the first whole
* reconcile finds.
*/
var Reconciler = class {
	seen = /* @__PURE__ */ new Map();
	due = /* @__PURE__ */ new Map();
	/** Looks again with the first reconcile at or after this time; null: not by itself. */
	later(fullName, number, atMs) {
		const due = this.due.get(fullName) ?? /* @__PURE__ */ new Map();
		this.due.set(fullName, due);
		if (atMs === null) due.delete(number);
		else due.set(number, atMs);
	}
	/** @returns numbers to look at: what was merged comes first, oldest first */
	async list(deps, fullName) {
		const before = this.seen.get(fullName);
		const nowMs = Date.parse(deps.now());
		const tips = await readTips(deps);
		const isWhole = before === void 0 || nowMs - before.wholeMs >= wholeEveryMs;
		const moved = before !== void 0 && !sameTips(before.tips, tips);
		const changed = isWhole ? await listAll(deps, nowMs) : await listChanged(deps, before, nowMs);
		const open = moved && !isWhole ? await openSources(deps).reader.pulls({ state: "open" }) : [];
		const pulls = [...new Map([...changed, ...open].map((pull) => [pull.number, pull])).values()];
		const due = this.takeDue(fullName, nowMs);
		this.seen.set(fullName, toSeen(before, pulls, {
			nowMs,
			tips,
			isWhole
		}));
		return [.../* @__PURE__ */ new Set([...inOrder(pulls), ...due])];
	}
	takeDue(fullName, nowMs) {
		const due = this.due.get(fullName) ?? /* @__PURE__ */ new Map();
		const taken = [...due].filter(([, atMs]) => !(atMs > nowMs)).map(([number]) => number);
		for (const number of taken) due.delete(number);
		return taken;
	}
};
/** Everything merged lately, and everything open: what is done already is found done. */
async function listAll(deps, nowMs) {
	const { reader } = openSources(deps);
	const closed = await reader.pulls({
		state: "closed",
		limit: maxMerges
	});
	const since = (/* @__PURE__ */ new Date(nowMs - recentDays * 864e5)).toISOString();
	return [...closed.filter(({ mergedAt }) => mergedAt !== null && mergedAt >= since), ...await reader.pulls({ state: "open" })];
}
async function listChanged(deps, before, nowMs) {
	const late = (/* @__PURE__ */ new Date(nowMs - lateMs)).toISOString();
	const updatedSince = before.newest === "" || before.newest > late ? late : before.newest;
	return (await openSources(deps).reader.pulls({
		state: "all",
		updatedSince
	})).filter((pull) => (pull.mergedAt ?? "") >= late || !isSettled(before, pull));
}
/** Looked at since its last change, and long enough after it that nothing of the same second was missed. */
function isSettled({ looked }, { number, updatedAt }) {
	const last = looked.get(number);
	return last?.updatedAt === updatedAt && last.atMs - Date.parse(updatedAt) > unsettledMs;
}
function toSeen(before, pulls, { nowMs, tips, isWhole }) {
	const newest = pulls.reduce((a, { updatedAt }) => updatedAt > a ? updatedAt : a, before?.newest ?? "");
	const looked = new Map(isWhole ? [] : before?.looked);
	for (const { number, updatedAt } of pulls) looked.set(number, {
		updatedAt,
		atMs: nowMs
	});
	return {
		wholeMs: isWhole ? nowMs : before?.wholeMs ?? nowMs,
		newest,
		looked,
		tips
	};
}
/** Merged ones by their time, then open ones from the oldest; closed ones last. */
function inOrder(pulls) {
	const merged = pulls.filter(({ mergedAt }) => mergedAt !== null);
	const others = pulls.filter(({ mergedAt }) => mergedAt === null);
	const isOpen = ({ state }) => state === "open" ? 0 : 1;
	return [...merged.sort((a, b) => (a.mergedAt ?? "") < (b.mergedAt ?? "") ? -1 : 1), ...others.sort((a, b) => isOpen(a) - isOpen(b) || a.number - b.number)].map(({ number }) => number);
}
/** Where the branches stand on which every decision rests. */
async function readTips(deps) {
	const { reader } = openSources(deps);
	const repository = await reader.repository();
	const policy = await readDefaultPolicy(reader, repository).catch((error) => {
		if (error instanceof InputError) return null;
		throw error;
	});
	const ledger = policy?.ledger.branch ?? repository.defaultBranch;
	const names = [.../* @__PURE__ */ new Set([
		repository.defaultBranch,
		...policy?.branches ?? [],
		ledger
	])];
	const tips = /* @__PURE__ */ new Map();
	for (const name of names) tips.set(name, await reader.branchHead(name));
	return tips;
}
function sameTips(a, b) {
	return a.size === b.size && [...a].every(([name, tip]) => b.has(name) && b.get(name) === tip);
}

// core/audit/record-group.ts
/**
* Makes one ledger commit of many members, in their order: each meets the state that those before it leave, as if each
* had a commit of its own. One that cannot be written takes nothing with it.
*/
function recordGroup(snapshot, members, limit, layout, renderers) {
	const sorted = {
		written: [],
		known: [],
		left: []
	};
	const sentBack = [];
	let all = {
		files: /* @__PURE__ */ new Map(),
		snapshot,
		events: []
	};
	let length = 0;
	for (const member of members) {
		if (sorted.left.length > 0 || sorted.written.length >= limit.members) {
			sorted.left.push(member);
			continue;
		}
		const next = tryAppend(all.snapshot, member);
		if ("error" in next) sentBack.push({
			member,
			error: next.error
		});
		else if (next.events.length === 0) sorted.known.push(member);
		else if (sorted.written.length > 0 && length + lengthOf(next) > limit.textLength) sorted.left.push(member);
		else {
			length += lengthOf(next);
			all = join(all, next);
			sorted.written.push(member);
		}
	}
	const recorded = sorted.written.length > 0 ? renderAppending(snapshot, all, layout, renderers) : null;
	return {
		...sorted,
		sentBack,
		recorded
	};
}
function tryAppend(snapshot, member) {
	try {
		return appendRequests(snapshot, member.plan(snapshot));
	} catch (error) {
		return { error };
	}
}
const join = (before, after) => ({
	files: new Map([...before.files, ...after.files]),
	snapshot: after.snapshot,
	events: [...before.events, ...after.events]
});
const lengthOf = ({ files }) => [...files.values()].reduce((total, text) => total + text.length, 0);

// bot/record/anchor-line.ts
const sizeOf = ({ snapshot }) => snapshot.head.size;
/**
* Leaves the anchors of one repository one after the other. An anchor covers everything before it, so that what is asked
* for while one is left becomes a single one: of the longest ledger, which serves the others.
*/
var AnchorLine = class {
	/** By ledger branch: how many entries the anchors that were left here cover. */
	covered = /* @__PURE__ */ new Map();
	longest = /* @__PURE__ */ new Map();
	last = Promise.resolve();
	/**
	* @param ledger proven
	* @param commit of the base branch, which carries the anchor when there is none yet
	* @returns the same ledger, covered
	* @throws ServiceError when GitHub did not take the anchor
	*/
	async ensure(deps, ledger, commit) {
		if (!this.isCovered(ledger)) {
			const asked = {
				deps,
				ledger,
				commit
			};
			const longest = this.longest.get(ledger.branch);
			if (longest === void 0 || sizeOf(longest.ledger) < sizeOf(ledger)) this.longest.set(ledger.branch, asked);
			const left = this.last.then(() => this.leave(asked));
			this.last = left.catch(() => void 0);
			await left;
		}
		return {
			...ledger,
			anchored: Math.max(ledger.anchored, sizeOf(ledger))
		};
	}
	isCovered(ledger) {
		return Math.max(ledger.anchored, this.covered.get(ledger.branch) ?? 0) >= sizeOf(ledger);
	}
	async leave(asked) {
		if (this.isCovered(asked.ledger)) return;
		const { deps, ledger, commit } = this.longest.get(asked.ledger.branch) ?? asked;
		await leaveAnchor(deps, ledger, commit);
		this.covered.set(ledger.branch, sizeOf(ledger));
	}
};

// bot/record/merge-order.ts
/** How long a merge waits for earlier ones that are still read: a slow answer holds nobody up for longer. */
const longestHoldMs = 5e3;
/** How long a merge waits for company: less than GitHub takes to make one commit more. */
const longestLingerMs = 300;
/**
* Keeps merges that are looked at together in the order in which they were merged, so that the versions of a model are
* numbered by it and the earlier of two promotions is the one that counts.
*/
var MergeOrder = class {
	/** Orders of merges that are looked at now and have not said yet whether they write. */
	looking = /* @__PURE__ */ new Map();
	wake = null;
	/** @returns ends it, once: the merge is handed over to be written, or writes nothing */
	begin(order) {
		this.looking.set(order, (this.looking.get(order) ?? 0) + 1);
		let isOver = false;
		return () => {
			if (!isOver) this.end(order);
			isOver = true;
		};
	}
	/** True when nothing that was merged earlier is still looked at, or it was waited for long enough. */
	isReady(order, waitedMs) {
		return waitedMs >= longestHoldMs || [...this.looking.keys()].every((earlier) => earlier >= order);
	}
	/** True while other merges are looked at that would soon come into the same commit. */
	isWorthWaiting(waitedMs) {
		return this.looking.size > 0 && waitedMs < longestLingerMs;
	}
	/** Resolves when a look ends, at the latest after `longestMs`. */
	async change(longestMs = longestHoldMs) {
		let timer = null;
		await new Promise((resolve) => {
			this.wake = resolve;
			timer = setTimeout(resolve, longestMs);
		});
		if (timer !== null) clearTimeout(timer);
		this.wake = null;
	}
	end(order) {
		const left = (this.looking.get(order) ?? 1) - 1;
		if (left > 0) this.looking.set(order, left);
		else this.looking.delete(order);
		this.wake?.();
	}
};

// bot/record/ledger-writer.ts
/**
* What one commit holds at most: a promotion has some six files, and 33 of them were measured. GitHub documents no limit
* of its own for `createCommitOnBranch`; people report 40 MB of contents, and a request is answered in 10 s or not at all.
*/
const groupLimit = {
	members: 33,
	textLength: 4194304
};
/** Other writers of the same branch win as often as we do: with eight of them, this many losses in a row are none. */
const maxAttempts = 30;
/** Wait after the n-th conflict in a row: up to this much, doubled each time, at random so that nobody meets again. */
const firstWaitMs = 50;
const longestWaitMs = 3e3;
/** While it waits for company, and nothing else wakes it. */
const pollMs = 100;
/**
* Writes to the ledger of one repository, one commit at a time: whatever waits meanwhile goes into the next commit
* together. Every job decides again on the ledger that it meets there. Other processes may write as well: the branch
* moves by compare-and-swap, and who loses reads, decides and writes again.
*/
var LedgerWriter = class {
	waiting = [];
	anchors = new AnchorLine();
	order = new MergeOrder();
	isBusy = false;
	/** Jobs for the next commit at most: fewer after GitHub did not take so many. */
	most = groupLimit.members;
	/**
	* @returns when it is in the ledger and an anchor covers it; also when it was there already, whoever wrote it
	* @throws ConflictError when the job was sent back, or others kept winning: read again and decide again
	* @throws InputError LEDGER_FROZEN; ServiceError when GitHub did not write it, and it is not there either
	*/
	write(deps, job) {
		return new Promise((resolve, reject) => {
			const plan = (snapshot) => job.plan(snapshot);
			const sinceMs = performance.now();
			this.waiting.push({
				deps,
				job,
				resolve,
				reject,
				conflicts: 0,
				plan,
				sinceMs
			});
			if (!this.isBusy) this.work();
		});
	}
	/**
	* Says that a merge is looked at: what was merged later waits for it, for some seconds.
	* @returns to be called as soon as it is known whether, and after what it writes was handed over
	*/
	beginMerge(order) {
		return this.order.begin(order);
	}
	/** Leaves an anchor for a ledger whose last entries have none: a crash may have come between. */
	ensureAnchor(deps, ledger, commit) {
		return this.anchors.ensure(deps, ledger, commit);
	}
	async work() {
		this.isBusy = true;
		await Promise.resolve();
		while (this.waiting.length > 0) {
			const ready = this.ready();
			const [first] = ready;
			if (first === void 0) await this.order.change();
			else if (this.hasCompany(ready)) await this.order.change(pollMs);
			else await withReserve(() => this.writeNext(first));
		}
		this.isBusy = false;
	}
	/** Merges alone wait for others: what is written before a merge is shown to somebody. */
	hasCompany(ready) {
		if (ready.length >= this.most || ready.some(({ job }) => job.order === void 0)) return false;
		const waitedMs = performance.now() - Math.min(...ready.map(({ sinceMs }) => sinceMs));
		return this.order.isWorthWaiting(waitedMs);
	}
	/** What nothing earlier holds up, in the order of the merges. */
	ready() {
		const nowMs = performance.now();
		const orderOf = ({ job }) => job.order ?? "";
		return this.waiting.filter((ticket) => this.order.isReady(orderOf(ticket), nowMs - ticket.sinceMs)).sort((a, b) => orderOf(a) < orderOf(b) ? -1 : orderOf(a) > orderOf(b) ? 1 : 0);
	}
	/** Nothing is thrown: whatever happens is told to those that it happened to. */
	async writeNext({ deps, job: { place } }) {
		const tickets = this.ready().filter((ticket) => isSamePlace(ticket.job.place, place));
		try {
			const ledger = await readLedger(deps, place, tickets);
			const limit = {
				...groupLimit,
				members: this.most
			};
			const renderers = ledgerRenderersFor(place.layout);
			const group = recordGroup(ledger.snapshot, tickets, limit, place.layout, renderers);
			for (const { member, error } of group.sentBack) this.leave(member).reject(error);
			this.answer(group.known, {
				commit: null,
				ledger
			});
			if (group.recorded !== null) await this.commit(deps, ledger, group.written, group.recorded);
		} catch (error) {
			await this.failed(tickets, error);
		}
	}
	async commit(deps, ledger, tickets, { files, snapshot, events }) {
		const content = {
			branch: ledger.branch,
			...describeJobs(tickets.map(({ job }) => job)),
			files: [...files].map(([path, text]) => ({
				path,
				content: text
			}))
		};
		let commit;
		try {
			commit = ledger.commit === null ? await deps.writer.startBranch({
				...content,
				parent: null
			}) : await deps.writer.commitOnBranch({
				...content,
				expectedHead: ledger.commit
			});
		} catch (error) {
			return this.notWritten(deps, ledger, tickets, error);
		}
		this.most = Math.min(groupLimit.members, this.most + 1);
		const before = ledger.snapshot.head;
		const after = {
			...ledger,
			commit,
			snapshot,
			events: [...ledger.events, ...events],
			before
		};
		deps.book.extend(ledger, after);
		deps.log.info({
			commit,
			jobs: tickets.length,
			files: files.size,
			entries: events.length
		}, "recorded");
		this.answer(tickets, {
			commit,
			ledger: after
		});
	}
	/** The answer may be lost and the commit made: then the ledger says so, and nobody is told that it failed. */
	async notWritten(deps, ledger, tickets, error) {
		if (error instanceof ConflictError) return this.failed(tickets, error);
		if (await hasMoved(deps, ledger)) return this.failed(tickets, movedMeanwhile(error));
		const isOne = tickets.length === 1;
		this.most = Math.max(1, Math.floor(tickets.length / 2));
		deps.log.warn({
			jobs: tickets.length,
			error: String(error)
		}, "the ledger was not written");
		if (!isOne && isRefusal(error)) return;
		for (const ticket of tickets) this.leave(ticket).reject(error);
	}
	/** A conflict is met by reading again, for whatever waits then; everything else is for those that it happened to. */
	async failed(tickets, error) {
		let conflicts = 0;
		for (const ticket of tickets) {
			ticket.conflicts += 1;
			conflicts = Math.max(conflicts, ticket.conflicts);
			if (!(error instanceof ConflictError) || ticket.conflicts >= maxAttempts) this.leave(ticket).reject(error);
		}
		if (!(error instanceof ConflictError)) return;
		const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(conflicts, 10));
		await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
	}
	/** Whoever is in the ledger is told when an anchor covers it; the next commit does not wait for that. */
	answer(tickets, { commit, ledger: found }) {
		const last = tickets.at(-1);
		if (last === void 0) return;
		for (const ticket of tickets) this.leave(ticket);
		this.anchors.ensure(last.deps, found, last.job.anchorOn).then((ledger) => {
			for (const ticket of tickets) ticket.resolve({
				commit,
				ledger
			});
		}, (error) => {
			for (const ticket of tickets) ticket.reject(error);
		});
	}
	leave(ticket) {
		const at = this.waiting.indexOf(ticket);
		if (at >= 0) this.waiting.splice(at, 1);
		return ticket;
	}
};
/**
* The ledger that is written on. What this process wrote last needs no reading: if somebody else wrote since, the
* compare-and-swap says so. A branch that people merge into has moved in all likelihood.
*/
async function readLedger(deps, place, tickets) {
	const last = place.layout === "own" ? deps.book.lastOf(place) : null;
	if (last !== null && tickets.every(({ conflicts }) => conflicts === 0)) return last;
	const { reader, identity, book } = openSources(deps);
	return book.read(reader, identity, place);
}
/** True when the branch points elsewhere: what could not be written may be there. */
async function hasMoved(deps, { branch, commit }) {
	try {
		return await deps.newReader().branchHead(branch) !== commit;
	} catch {
		return false;
	}
}
function movedMeanwhile(cause) {
	return new ConflictError("LEDGER_MOVED", "The ledger was written while GitHub did not answer", {
		hint: "Read again: what was to be written may be there.",
		cause
	});
}
/** GitHub took the request, read it and said no: the same request has no better chance. */
function isRefusal(error) {
	const cause = error instanceof Error ? error.cause : error;
	const status = statusOf(cause);
	if (status !== null) return status >= 400 && status < 500 && ![
		401,
		403,
		408,
		429
	].includes(status);
	if (typeof cause !== "object" || cause === null || !("errors" in cause) || !Array.isArray(cause.errors)) return false;
	return cause.errors.every((each) => !/RATE_LIMITED|SERVICE_UNAVAILABLE/.test(JSON.stringify(each)));
}

// bot/spread.ts
/** Numbers of the open pull requests that a look at a commit, a branch or the repository is about. */
async function spread(deps, look) {
	const { reader } = openSources(deps);
	if (look.kind === "commit") return reader.pullsOfCommit(look.sha);
	const base = look.kind === "branch" && !await decidesAll(deps, look.branch) ? { base: look.branch } : {};
	return (await reader.pulls({
		state: "open",
		...base
	})).map(({ number }) => number);
}
/** The default branch says what is governed, the ledger what serves: both decide everywhere. */
async function decidesAll(deps, branch) {
	const { reader } = openSources(deps);
	const repository = await reader.repository();
	if (branch === repository.defaultBranch) return true;
	const policy = await readDefaultPolicy(reader, repository);
	return policy === null || policy.ledger.branch === branch;
}

// adapters/github/progress-zip.ts
/** A zip over this is not ours. */
const maxProgressZipBytes = maxProgressBytes;
/**
* Reads the zip of a progress artifact: exactly `progress.json`. Everything in it is claimed.
* @param zip bytes of the artifact, pull-request controlled
* @throws InputError PROGRESS_ZIP, PROGRESS_INVALID, JSON_INVALID
*/
function readProgressZip(zip) {
	const texts = readPlainZip(zip, {
		names: [progressFileName],
		maxBytes: maxProgressZipBytes,
		refuse
	});
	return parseProgress(texts.get("progress.json") ?? "");
}
function refuse(why, cause) {
	return new InputError("PROGRESS_ZIP", `The progress artifact is not believed: ${why}`, {
		hint: `A progress artifact holds exactly ${progressFileName}, as the action writes it.`,
		cause
	});
}

// core/training/time-left.ts
/** Runs whose time says something about the next one. */
const mostRuns = 5;
/**
* How long the attempt will still take, from its own pace; where it does not say how far it is, from how long earlier
* runs took. Claimed, and shown only.
* @param earlierDurationsMs of earlier runs of the model, newest first
* @returns milliseconds at the time of `updatedAt`, 0 or more; null when neither tells
*/
function estimateLeft(progress, earlierDurationsMs) {
	return fromPace(progress) ?? fromEarlier(progress, earlierDurationsMs);
}
/** Part of the attempt that is done, 0 to 1; null when it does not say. */
function partDone({ points }) {
	const reach = points.map(reachOf).findLast((each) => each !== null);
	return reach == null ? null : reach.done / reach.all;
}
function reachOf({ epoch, epochs, step, steps }) {
	if (epoch !== null && epochs !== null) return {
		kind: "epoch",
		done: epoch,
		all: epochs
	};
	return step !== null && steps !== null ? {
		kind: "step",
		done: step,
		all: steps
	} : null;
}
/** From the first to the last point that say it in the same words: a resumed attempt does not begin at 0. */
function fromPace({ points, attempt, startedAt }) {
	const told = points.flatMap((point) => {
		const reach = reachOf(point);
		return reach === null ? [] : [{
			...reach,
			at: Date.parse(point.at)
		}];
	});
	const last = told.at(-1);
	if (last === void 0) return null;
	const from = told.find(({ kind, done }) => kind === last.kind && done < last.done) ?? (attempt === 1 ? {
		done: 0,
		at: Date.parse(startedAt)
	} : null);
	if (from === null || last.done <= from.done) return null;
	const left = (last.at - from.at) / (last.done - from.done) * (last.all - last.done);
	return Number.isFinite(left) && left >= 0 ? left : null;
}
function fromEarlier({ startedAt, updatedAt }, durationsMs) {
	const sorted = durationsMs.filter((each) => Number.isFinite(each) && each > 0).slice(0, mostRuns).sort((a, b) => a - b);
	const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
	if (low === void 0 || high === void 0) return null;
	const left = (low + high) / 2 - (Date.parse(updatedAt) - Date.parse(startedAt));
	return Number.isFinite(left) && left > 0 ? left : null;
}

// core/report/training-progress.ts
const mostRows = 12;
const mostMetrics = 6;
const minuteMs$1 = 6e4;
/** `training, epoch 6 of 20 (30 %), about 29 min left` */
function progressWords({ progress, leftMs }) {
	const { attempt, attempts } = progress;
	return [
		"training",
		...attempts > 1 || attempt > 1 ? [`attempt ${attempt} of ${Math.max(attempt, attempts)}`] : [],
		...placeWords(progress),
		...leftMs === null ? [] : [leftWords(leftMs)]
	].join(", ");
}
/** The first line of a check while the command trains. @param headSha commit of the pull request */
const progressTitle = (headSha, shown) => `⏳ Running for ${short$1(headSha)}: ${progressWords(shown)}`;
/**
* How far a training is: sentence, metrics over its epochs, the same numbers as a picture, attempts so far.
* @returns the whole first, then shorter ones for where the whole has no room
*/
function progressBlocks(shown) {
	const { progress, earlier } = shown;
	const saved = progress.checkpoint === null ? "" : " A checkpoint is kept safe, to go on from.";
	const sentence = paragraph({ strong: `${sentenceCase(progressWords(shown))}.` }, ` Said at ${progress.updatedAt.slice(0, 16).replace("T", " ")} UTC by the job that runs the pull request's code: claimed, and no part of the decision.${saved}`);
	const attempts = earlier.length === 0 ? [] : [attemptTable(earlier)];
	const rows = chooseEvenly(progress.points.filter(({ metrics }) => Object.keys(metrics).length > 0), mostRows);
	const names = namesOf(progress.points);
	if (names.length === 0) return [[sentence, ...attempts], [sentence]];
	const table = metricTable(rows, names);
	return [
		[
			sentence,
			table,
			...drawChart(rows, names),
			...attempts
		],
		[sentence, table],
		[sentence]
	];
}
function placeWords(progress) {
	const last = progress.points.findLast(({ epoch, step }) => epoch !== null || step !== null);
	if (last === void 0) return [];
	const [word, count, all] = last.epoch === null ? [
		"step",
		Number(last.step),
		last.steps
	] : [
		"epoch",
		last.epoch,
		last.epochs
	];
	const part = partDone(progress);
	const percent = part === null ? "" : ` (${Math.floor(part * 100)} %)`;
	const place = `${word} ${Math.floor(count)}`;
	return [all === null ? place : `${place} of ${all}${percent}`];
}
/** @param milliseconds 0 or more */
function leftWords(milliseconds) {
	const minutes = Math.round(milliseconds / minuteMs$1);
	if (minutes < 1) return "less than a minute left";
	if (minutes < 120) return `about ${minutes} min left`;
	const hours = minutes / 60;
	return hours < 48 ? `about ${hours.toFixed(1)} h left` : `about ${Math.round(hours / 24)} days left`;
}
const sentenceCase = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
/** In the order in which they were said first: a team puts the one that matters in front. */
function namesOf(points) {
	return [...new Set(points.flatMap(({ metrics }) => Object.keys(metrics)))].slice(0, mostMetrics);
}
function metricTable(rows, names) {
	const places = ["epoch", "step"].filter((key) => rows.some((row) => row[key] !== null));
	const cells = rows.map((row) => [...places.map((key) => [numberText(row[key])]), ...names.map((name) => [numberText(row.metrics[name])])]);
	const head = [...places.map(sentenceCase), ...names];
	return {
		kind: "table",
		head,
		align: head.map(() => "r"),
		rows: cells
	};
}
const numberText = (value) => value == null ? "" : String(Number(value.toPrecision(6)));
/** Mermaid reads no exponents. */
const drawable = /^-?\d+(?:\.\d+)?$/;
/**
* One metric of the table as a line.
* @see https://mermaid.js.org/syntax/xyChart.html; the name with `-beta` is read by every version that GitHub ran
*/
function drawChart(rows, names) {
	const name = String(names.find((each) => /loss/i.test(each)) ?? names[0]);
	const drawn = rows.flatMap((row, at) => {
		const value = numberText(row.metrics[name]);
		return value === "" ? [] : [{
			value,
			place: numberText(row.epoch ?? row.step ?? at + 1)
		}];
	});
	const values = drawn.map(({ value }) => value);
	if (values.length < 2 || !values.every((value) => drawable.test(value))) return [];
	const [low, high] = [Math.min(...values.map(Number)), Math.max(...values.map(Number))];
	if (low === high) return [];
	return [{
		kind: "fence",
		language: "mermaid",
		lines: [
			"xychart-beta",
			`  title "${escapeLabel(name)}, claimed"`,
			`  x-axis [${drawn.map(({ place }) => `"${place}"`).join(", ")}]`,
			`  y-axis "${escapeLabel(name)}" ${low} --> ${high}`,
			`  line [${values.join(", ")}]`
		]
	}];
}

// core/report/training-wait.ts
const mostRunners = 12;
const mostLabels = 10;
function waitReason({ labels, runners }) {
	if (runners === null) return "unknown";
	const fitting = runners.filter((runner) => missingLabels(runner, labels).length === 0);
	const online = fitting.filter((runner) => runner.online);
	if (fitting.length === 0) return "no such runner";
	if (online.length === 0) return "offline";
	return online.every(({ busy }) => busy) ? "busy" : "not taken";
}
/** GitHub compares labels without their case. */
function missingLabels(runner, labels) {
	const has = new Set(runner.labels.map((label) => label.toLowerCase()));
	return labels.filter((label) => !has.has(label.toLowerCase()));
}
const words = {
	unknown: "no runner has come",
	"no such runner": "no runner has the labels",
	offline: "every fitting runner is offline",
	busy: "every fitting runner is busy",
	"not taken": "a fitting runner is free and did not take it"
};
/** The first line of the check while nobody comes. */
const waitTitle = (shown) => `${verdictWords["not evaluated"]}: ${words[waitReason(shown)]} for job ${plainText(shown.job, 30)} in over ${shown.limitMinutes} min`;
/**
* What is waited for, who is there, and what to change.
* @see https://docs.github.com/enterprise-server@3.14/actions/reference/usage-limits-for-self-hosted-runners, job queue time
*/
function waitBlocks(shown) {
	const { job, labels, queuedAt, limitMinutes, runners } = shown;
	const reason = waitReason(shown);
	const since = queuedAt.slice(0, 16).replace("T", " ");
	return [
		paragraph({ strong: `${words[reason].slice(0, 1).toUpperCase()}${words[reason].slice(1)}.` }, " Job ", { code: job }, ` is queued since ${since} UTC, over ${limitMinutes} min, and asks for `, ...labelPhrase(labels), ". This says nothing about the model. GitHub cancels a job after 24 to 48 hours in the queue."),
		...runnerTable(runners, labels),
		{
			kind: "steps",
			items: remedies(reason, shown)
		}
	];
}
function labelPhrase(labels) {
	const shown = labels.slice(0, mostLabels).flatMap((label, at) => at === 0 ? [{ code: label }] : [", ", { code: label }]);
	return labels.length > mostLabels ? [...shown, ` and ${labels.length - mostLabels} more`] : shown;
}
/** Those that lack least stand first: one of them is the nearest remedy. */
function runnerTable(runners, labels) {
	if (runners === null) return [];
	const online = runners.filter((runner) => runner.online);
	const offline = runners.length - online.length;
	const rows = online.map((runner) => ({
		runner,
		missing: missingLabels(runner, labels)
	})).sort((a, b) => a.missing.length - b.missing.length).slice(0, mostRunners).map(({ runner, missing }) => [
		[{ code: runner.name }],
		labelPhrase(runner.labels),
		[runner.busy ? "busy" : "free"],
		missing.length === 0 ? ["nothing"] : labelPhrase(missing)
	]);
	const table = {
		kind: "table",
		head: [
			"Online runner",
			"Labels",
			"State",
			"Lacks"
		],
		rows
	};
	const left = online.length - rows.length;
	const more = left === 0 ? "" : `${counted(left, "more runner")} online. `;
	return [...rows.length === 0 ? [paragraph("No runner of the organization is online.")] : [table], ...left === 0 && offline === 0 ? [] : [paragraph(`${more}${counted(offline, "runner")} offline.`)]];
}
const runsOn = { code: "runs-on" };
function remedies(reason, { labels, declared }) {
	const asked = labelPhrase(labels);
	const steps = {
		unknown: [[
			"Look at the runners under Settings, Actions, Runners of the organization: one that is online must have ",
			...asked,
			". The app lists them here once it may read the self-hosted runners of the organization."
		]],
		"no such runner": [[
			"Start a runner with the labels ",
			...asked,
			", or add the labels that are missing to one that is online."
		], [
			"Or change ",
			runsOn,
			" of the job, and of train in model.yml, to labels that a runner has."
		]],
		offline: [[
			"Start one of the runners with ",
			...asked,
			"."
		]],
		busy: [[
			"Wait, or start another runner with ",
			...asked,
			"."
		]],
		"not taken": [["See whether the runner's group lets this repository and this workflow use it (Settings, Actions, Runner groups)."]]
	};
	const differs = declared.length > 0 && [...declared].sort().join("\n").toLowerCase() !== [...labels].sort().join("\n").toLowerCase();
	const note = [
		"model.yml says ",
		...labelPhrase(declared),
		" in ",
		runsOn,
		" of train, and the workflow asks for other labels: correct the one that is wrong."
	];
	return differs ? [...steps[reason], note] : steps[reason];
}

// bot/training/light-look.ts
/** While something trains, every so many looks go to the queue instead of to the progress: a look is four calls at most. */
const queueEvery = 5;
/** Machines of GitHub itself: nobody here can start one. */
const hosted = /^(?:ubuntu|windows|macos)-/i;
const freshState = {
	looks: 0,
	working: false,
	artifact: null,
	progress: null,
	wait: null,
	shown: null
};
/**
* Looks at a run that trains, and brings the words of its check up to date: title and a part above the summary, nothing
* else. At most four calls (five for a run with over 100 artifacts), and no write while there is nothing new to say. What it reads is claimed by a job that runs
* the pull request's code: it concludes nothing.
* @returns what the next look starts from; `ended`: no job is left, so the whole pull request must be looked at
*/
async function lookAtTraining(deps, watch, state) {
	const reader = deps.newReader();
	const seen = !state.working || state.looks % queueEvery === 4 ? await lookAtQueue(deps, reader, watch, state) : await lookAtProgress(deps, reader, watch, state);
	if (seen === "ended") return seen;
	const next = {
		...seen,
		looks: state.looks + 1
	};
	const { title, parts } = render(watch, next);
	const shown = JSON.stringify([title, parts]);
	if (shown === state.shown) return next;
	return await deps.writer.showProgress({
		name: "gatehouse",
		headSha: watch.headSha,
		title,
		parts
	}) === "kept" ? {
		...next,
		shown: null
	} : {
		...next,
		shown
	};
}
async function lookAtQueue(deps, reader, watch, state) {
	const jobs = await reader.jobs(watch.run.id);
	if (jobs.length > 0 && jobs.every(({ status }) => status === "completed")) return "ended";
	const working = jobs.some(({ status }) => status === "in_progress");
	const late = longestQueued(jobs, Date.parse(deps.now()) - watch.queueMinutes * 6e4);
	if (late === null) return {
		...state,
		working,
		wait: null
	};
	const { name, labels, createdAt } = late;
	const wait = {
		job: name,
		labels,
		queuedAt: createdAt,
		limitMinutes: watch.queueMinutes,
		declared: watch.runsOn,
		runners: await readRunners(deps, reader)
	};
	return {
		...state,
		working,
		wait
	};
}
/** They are a remedy: that nobody comes is told without them as well. */
async function readRunners(deps, reader) {
	try {
		return await reader.runners();
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		deps.log.info({ code: error.code }, "the runners of the organization could not be read");
		return null;
	}
}
function longestQueued(jobs, before) {
	return jobs.filter(({ status, labels, createdAt }) => status === "queued" && labels.length > 0 && !labels.some((label) => hosted.test(label)) && Date.parse(createdAt) < before).sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id)[0] ?? null;
}
async function lookAtProgress(deps, reader, { run }, state) {
	const newest = await reader.newestProgress(run.id, run.attempt);
	if (newest === null || newest.id === state.artifact) return state;
	const progress = await readProgress(deps, reader, newest);
	const ours = progress?.runId === run.id && progress.runAttempt === run.attempt;
	return {
		...state,
		artifact: newest.id,
		progress: ours ? progress : state.progress
	};
}
/** What is not as the action writes it is not shown, and not read again: the job runs the pull request's code. */
async function readProgress(deps, reader, { id, expired }) {
	if (expired) return null;
	try {
		return readProgressZip(await reader.artifactZip(id, maxProgressZipBytes));
	} catch (error) {
		if (!(error instanceof ServiceError && error.code === "ARTIFACT_TOO_LARGE") && !(error instanceof InputError)) throw error;
		deps.log.info({
			artifact: id,
			code: error.code
		}, "a progress artifact is not believed");
		return null;
	}
}
function render(watch, { progress, wait, working }) {
	const queue = wait === null ? [] : waitBlocks(wait);
	const shown = progress === null ? null : {
		progress,
		leftMs: estimateLeft(progress, watch.earlierDurationsMs),
		earlier: []
	};
	const parts = (shown === null ? [[]] : progressBlocks(shown)).map((blocks) => [...queue, ...blocks]).filter((blocks) => blocks.length > 0);
	const plain = `⏳ Running for ${short$1(watch.headSha)}: no result yet`;
	const title = (wait !== null && (!working || shown === null) ? waitTitle(wait) : null) ?? (shown === null ? plain : progressTitle(watch.headSha, shown));
	return {
		title: plainText(title, 120),
		parts: [...parts, ...wait === null ? [] : [queue]].map(renderMarkdown)
	};
}

// bot/training/watch-list.ts
const minuteMs = 6e4;
/** Ten light looks a minute in all: 2,400 calls an hour at most, half of what GitHub gives an installation. */
const spacingMs = 6e3;
/** The pull requests that train, and when each is due for a light look. Nothing of it survives: a reconcile fills it. */
var WatchList = class {
	watched = /* @__PURE__ */ new Map();
	/** After a look at the whole pull request, which may have written the check. @param watch null: nothing trains */
	put(key, context, watch, nowMs) {
		const known = this.watched.get(key);
		if (watch === null) {
			this.watched.delete(key);
			return;
		}
		const state = known?.watch.run.id === watch.run.id && known.watch.run.attempt === watch.run.attempt ? {
			...known.state,
			shown: null
		} : freshState;
		this.watched.set(key, {
			context,
			watch,
			state,
			dueAt: known?.dueAt ?? nowMs
		});
	}
	/** Who is due, with what its look starts from; each comes again after a minute, or later when many train. */
	takeDue(nowMs) {
		const due = [...this.watched].filter(([, { dueAt }]) => dueAt <= nowMs);
		const dueAt = nowMs + Math.max(minuteMs, this.watched.size * spacingMs);
		for (const [key, each] of due) this.watched.set(key, {
			...each,
			dueAt
		});
		return due;
	}
	/** After a light look. A look at the whole pull request that came in between knows better. */
	looked(key, before, state) {
		const known = this.watched.get(key);
		if (known?.watch === before) this.watched.set(key, {
			...known,
			state
		});
	}
};

// bot/bot.ts
/**
* The app: events say where to look, a queue looks at one thing at a time, and a reconcile looks at everything.
* One bot serves all installations of one app.
*/
var Bot = class {
	options;
	keys;
	queue;
	trainings = new WatchList();
	repositories = /* @__PURE__ */ new Map();
	asked = /* @__PURE__ */ new Set();
	installations;
	reconciler = new Reconciler();
	buckets = new Buckets();
	probot = null;
	constructor(options) {
		this.options = options;
		this.keys = options.privateKeys.map((pem) => createPrivateKey(pem));
		this.queue = new LookQueue(options.log, options.retryDelaysMs);
		this.installations = new Installations(async () => options.client ?? this.started().auth(), options.pace);
	}
	/**
	* The function that probot loads, for its clients. In production deliveries come by `work`, after they were written
	* down; where probot receives them itself, it is answered at once and what a crash loses is found by a reconcile.
	*/
	app = (probot) => {
		this.probot = probot;
		probot.onAny(({ id, name, payload }) => {
			const hint = toHint(name, id, payload);
			if (typeof hint === "object") this.work(hint);
		});
	};
	/**
	* Looks where a delivery says, together with whatever else asks for the same look.
	* @returns true when every look ended well, so that the delivery may be forgotten; false: ask again later
	*/
	work(hint) {
		return this.follow(Promise.all(hint.looks.map((look) => this.begin(hint, look))).then(allDone));
	}
	/**
	* Looks at what may need it, in every repository of every installation: at everything the first time and daily.
	* @throws the first error, after every repository was tried
	*/
	async reconcile() {
		const errors = [];
		for (const installed of await this.installations.list()) await this.reconcileRepository(installed).catch((error) => void errors.push(error));
		if (errors.length > 0) throw errors[0];
	}
	/**
	* The same for one repository, to its end.
	* @returns which pull requests were looked at, and which of them could not be
	* @throws ServiceError GITHUB_READ_FAILED where the app is not installed
	*/
	async reconcileOne(fullName) {
		const looks = await this.reconcileRepository(await this.installations.find(fullName));
		const isDone = await Promise.all(looks.map((look) => look.isDone));
		await this.idle();
		const numbers = looks.map(({ number }) => number);
		return {
			looked: numbers,
			failed: numbers.filter((_, index) => isDone[index] !== true)
		};
	}
	/**
	* Brings the checks of pull requests that train up to date, each at most once a minute: called every few seconds.
	* Nothing is done for a pull request that somebody looks at now.
	*/
	watchTrainings() {
		for (const [key, { context, watch, state }] of this.trainings.takeDue(this.nowMs())) {
			const { deps, fullName } = context;
			this.queue.addIfFree(key, async () => {
				const next = await this.lookLightly(deps, watch, state);
				if (next === "ended") this.addLook(deps, fullName, {
					kind: "pull",
					number: watch.number
				});
				else this.trainings.looked(key, watch, next);
			});
		}
	}
	/** Resolves when every look that was asked for has ended. */
	async idle() {
		while (this.asked.size > 0 || this.queue.size > 0) {
			await Promise.all(this.asked);
			await this.queue.idle();
		}
	}
	/** Things that are looked at now or wait for it. */
	get queued() {
		return this.queue.size;
	}
	/** Begins no look any more; those that run are let finish. */
	stop() {
		this.queue.stop();
	}
	/** What is only shown is not tried again in a hurry: the next one comes in a minute. */
	async lookLightly(deps, watch, state) {
		try {
			return await lookAtTraining(deps, watch, state);
		} catch (error) {
			if (!(error instanceof GatehouseError)) throw error;
			this.options.log.warn({
				number: watch.number,
				code: error.code
			}, "progress could not be shown");
			return {
				...state,
				shown: null
			};
		}
	}
	nowMs() {
		return Date.parse(this.options.now());
	}
	async reconcileRepository(installed) {
		const { fullName } = installed;
		const deps = await this.depsFor(installed);
		const looks = (await this.reconciler.list(deps, fullName)).map((number) => ({
			number,
			isDone: this.follow(this.addPullLook(deps, fullName, number))
		}));
		this.addAlign(deps, fullName);
		this.queue.add(`onboard ${fullName}`, () => onboard(deps));
		return looks;
	}
	/** Finds the token first, tried again like a look. */
	async begin({ installation, repository: fullName }, look) {
		const admission = this.admit(fullName, look);
		if (admission === "dropped") return true;
		const installed = {
			installation,
			fullName
		};
		const key = `event ${keyOf$1(fullName, look)}`;
		if (!await this.queue.add(key, async () => void await this.depsFor(installed))) return false;
		const deps = await this.depsFor(installed);
		if (admission === "told" && look.kind === "command") return this.queue.add(keyOf$1(fullName, look), () => answerTooMany(deps, look.comment));
		return this.addLook(deps, fullName, look);
	}
	/** Of a look that is dropped the next reconcile knows; a command is asked again by whoever asked. */
	admit(fullName, look) {
		if (look.kind !== "command" && look.kind !== "pull" || look.actor === void 0) return "admitted";
		const admission = this.buckets.take(`${look.kind} ${fullName}#${look.number} ${look.actor}`, this.nowMs());
		return admission === "told" && look.kind === "pull" ? "dropped" : admission;
	}
	addLook(deps, fullName, look) {
		const key = keyOf$1(fullName, look);
		if (look.kind === "pull") return this.addPullLook(deps, fullName, look.number);
		if (look.kind === "merge group") return this.queue.add(key, () => evaluateGroup(deps, look.headSha));
		if (look.kind === "command") return this.queue.add(key, async () => {
			if (await answerCommand(deps, look.comment)) this.follow(this.addPullLook(deps, fullName, look.number));
		});
		return this.spread(deps, fullName, look);
	}
	async addPullLook(deps, fullName, number) {
		const key = keyOf$1(fullName, {
			kind: "pull",
			number
		});
		const isDone = await this.queue.add(key, async () => {
			const watch = await evaluate(deps, number);
			this.trainings.put(key, {
				deps,
				fullName
			}, watch, this.nowMs());
			this.addAlign(deps, fullName);
		});
		if (!isDone) this.reconciler.later(fullName, number, this.nowMs());
		return isDone;
	}
	/** Turns a look at a commit, a branch or a repository into looks at pull requests. */
	async spread(deps, fullName, look) {
		const looks = [];
		return await this.queue.add(keyOf$1(fullName, look), async () => {
			const numbers = await spread(deps, look);
			for (const number of numbers) looks.push(this.follow(this.addPullLook(deps, fullName, number)));
			for (const number of "asks" in look ? numbers : []) {
				const key = `${fullName}#${number}/ask`;
				looks.push(this.follow(this.queue.add(key, () => askAgain(deps, number))));
			}
			this.addAlign(deps, fullName);
		}) && allDone(await Promise.all(looks));
	}
	addAlign(deps, fullName) {
		this.queue.add(`align ${fullName}`, () => tend(deps));
	}
	/** What `idle` waits for. */
	follow(looks) {
		const asked = looks.catch((error) => {
			this.options.log.warn({ error: String(error) }, "a look could not begin");
			return false;
		});
		this.asked.add(asked);
		asked.then(() => this.asked.delete(asked));
		return asked;
	}
	depsFor(installed) {
		const key = `${installed.installation} ${installed.fullName}`;
		const known = this.repositories.get(key);
		if (known !== void 0) return known;
		const made = this.makeDeps(installed);
		this.repositories.set(key, made);
		made.catch(() => this.repositories.delete(key));
		return made;
	}
	async makeDeps(installed) {
		const { fullName, installation } = installed;
		const client = await this.installations.client(installed);
		const identity = await this.installations.identity(installation);
		const name = parseRepositoryName(fullName);
		const memory = new ReaderMemory(this.options.objects);
		const { serverUrl, now, log } = this.options;
		return {
			name,
			newReader: openReader(client, name, identity.appId, memory),
			writer: createWriter(client, name, identity, memory),
			identity,
			book: new LedgerBook(now),
			ledgerWriter: new LedgerWriter(),
			issuer: issuerOf(serverUrl),
			fetchKeys,
			openStore,
			keys: this.keys,
			lookAgainAt: (number, atMs) => this.reconciler.later(fullName, number, atMs),
			now,
			log
		};
	}
	started() {
		if (this.probot === null) throw new Error("the bot was used before probot loaded it");
		return this.probot;
	}
};
const allDone = (looks) => looks.every((isDone) => isDone);

// bot/once.ts
/** A job ends after half an hour; what GitHub puts off for longer is for the next one. */
const endsAfterMs = 12e5;
/**
* Does once for one repository what the server does every ten minutes, from nothing: whatever was missed is found.
* @returns what was looked at; what could not be is looked at again by the next run
* @throws InputError RECONCILE_BRANCH where the key was given to a workflow of another branch
* @throws ServiceError where GitHub did not answer
*/
async function reconcileOnce(options) {
	const { appId, privateKeys, apiUrl, serverUrl, repository, log, now, pace = ownPace } = options;
	const client = createAppClient({
		appId,
		privateKey: privateKeys[0],
		apiUrl
	});
	await requireDefaultBranch(options, new Installations(async () => client, pace));
	const bot = new Bot({
		serverUrl,
		privateKeys,
		log,
		now,
		client,
		pace
	});
	const ending = setTimeout(() => bot.stop(), endsAfterMs);
	try {
		return await bot.reconcileOne(repository);
	} finally {
		clearTimeout(ending);
		bot.stop();
	}
}
/**
* Whoever may push a branch writes its workflows: the key must not reach them. The border is the environment, which
* only the default branch may use; this finds one that was set up without it.
*/
async function requireDefaultBranch({ repository, ref }, installations) {
	const client = await installations.client(await installations.find(repository));
	const { defaultBranch } = await createReader(client, parseRepositoryName(repository), 0).repository();
	if (ref === `refs/heads/${defaultBranch}`) return;
	throw new InputError("RECONCILE_BRANCH", `The key of the app reached a workflow that runs for ${ref}`, { hint: `Let only ${defaultBranch} use the environment that holds the key (Settings, Environments, Deployment branches), and make a new key: whoever could push that branch may have the old one.` });
}

// bot/once-summary.ts
/** Page of a run that reconciled once. */
function summarize({ looked, failed }) {
	const blocks = [{
		kind: "heading",
		level: 3,
		text: ["Reconcile"]
	}, paragraph(`Looked at ${looked.length} pull ${looked.length === 1 ? "request" : "requests"}: everything open, and what was merged lately. `, failed.length === 0 ? "Checks, comments and ledger say what GitHub holds." : `Not at ${failed.map((number) => `#${number}`).join(", ")}: GitHub or a service did not answer. The next run looks again.`)];
	return `${renderMarkdown(blocks)}\n`;
}

// bot/once-action.ts
/** The action `reconcile`: one reconcile of the repository whose workflow runs, in a job that has the app's key. */
await runAction(async () => {
	const appId = inputNumber("app-id");
	if (appId === null) needInput("app-id");
	const keys = readKeys();
	const { repository, serverUrl, apiUrl } = readRunFacts();
	const now = () => (/* @__PURE__ */ new Date()).toISOString();
	const result = await reconcileOnce({
		appId: appId ?? 0,
		privateKeys: keys,
		repository,
		serverUrl,
		apiUrl,
		now,
		ref: process.env.GITHUB_REF ?? "",
		log: createLog({
			write: (line) => process.stdout.write(line),
			now,
			secrets: keys
		})
	});
	const { looked, failed } = result;
	await writeSummary(summarize(result));
	setOutputs({
		verdict: failed.length === 0 ? "pass" : "not evaluated",
		looked: String(looked.length),
		failed: String(failed.length)
	});
	if (failed.length > 0) failStep(`${failed.length} of ${looked.length} pull requests could not be looked at; the next run looks again. The log says why.`);
});
/** @throws InputError INPUT_MISSING, BOT_PRIVATE_KEY */
function readKeys() {
	const text = input("private-key");
	if (text === "") throw new InputError("INPUT_MISSING", "The input \"private-key\" is empty", { hint: "Keep the app's key as the secret of an environment that only the default branch may use, name that environment in the job, and hand the secret on under its own name." });
	const earlier = input("private-key-previous");
	const keys = [parsePrivateKey("private-key", text), ...earlier === "" ? [] : [parsePrivateKey("private-key-previous", earlier)]];
	for (const line of keys.flatMap((key) => key.split("\n")).filter((part) => part.length > 8)) hide(line);
	return keys;
}

export {  };