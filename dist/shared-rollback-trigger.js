// core/config/rollback-trigger.ts
/** The value that is not yet too much. */
const limitOf = ({ above, below }) => above ?? below ?? NaN;
/** True only for a finite value on the far side of a finite limit. */
function isTriggered(trigger, value) {
	const { above, below } = trigger;
	if (!Number.isFinite(value) || above === void 0 === (below === void 0)) return false;
	if (above !== void 0) return Number.isFinite(above) && value > above;
	return below !== void 0 && Number.isFinite(below) && value < below;
}
/** Triggers that watch an endpoint. */
const triggersAt = (triggers, endpoint) => (triggers ?? []).filter(({ endpoints }) => endpoints === void 0 || endpoints.includes(endpoint));

export { limitOf as n, triggersAt as r, isTriggered as t };