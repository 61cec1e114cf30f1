// core/behaviour/behaviour-gates.ts
/** Share of the cases of a suite that pass. */
const behaviourMetric = "behaviour-pass-rate";
/** How results name a group of cases. */
const groupSlice = (group) => `group ${group}`;
/**
* The gates that a suite brings along: no group below its share, whether or not model.yml names a gate for it. Whoever
* evaluates the gates of the model evaluates these too: the judge, and the app with the suite that governs.
*/
function behaviourGates(suite) {
	return suite.groups.map(({ name, mustPass }) => ({
		metric: behaviourMetric,
		slice: groupSlice(name),
		min: mustPass,
		grade: "measured"
	}));
}

export { behaviourMetric as n, groupSlice as r, behaviourGates as t };