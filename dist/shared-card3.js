import { t as cardVersion } from "./shared-render.js";
import { n as withRegistryOptions, r as trustBlock } from "./shared-registry-options.js";
import { n as renderText } from "./shared-text.js";
import { n as readModel } from "./shared-model-answer.js";
import { t as readStream } from "./shared-model-stream.js";
import { a as withRegistry, t as parseModelVersion } from "./shared-registry-source.js";

// core/report/plain-markdown.ts
/**
* A page of the ledger without what would steer a terminal or turn the direction of its text. A page that the app wrote
* has none of it, and comes out byte by byte.
*/
function plainMarkdown(page) {
	return page.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (sign) => sign === "\n" || sign === "	" ? sign : "");
}

// cli/commands/card.ts
/** `gatehouse card`: the model card as Markdown, of what serves or of any version. */
const cardCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("card").description("Prints the model card: what it does, its data, limits, figures, who approved it").argument("<model>", "flight-delay, or one version of it: flight-delay@v7");
	withRegistryOptions(command).action((text, options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const { model, version, card } = await readCard(source, text);
		if (options.json === true) {
			context.print(JSON.stringify({
				ledger: source.trust,
				model,
				version,
				card
			}, null, 2));
			return 0;
		}
		context.print(plainMarkdown(card).trimEnd());
		context.complain(renderText([trustBlock(source.trust)]));
		return 0;
	})));
};
async function readCard({ reader }, text) {
	const asked = parseModelVersion(text);
	const { model, version } = await readModel(reader, asked.model, asked.version);
	const { state } = await readStream(reader, model);
	const page = cardVersion(state) === version ? await reader.card(model) : null;
	if (page !== null) return {
		model,
		version,
		card: page
	};
	const { renderModelCard } = await import("./shared-card.js");
	return {
		model,
		version,
		card: renderModelCard(state, version)
	};
}

export { cardCommand };