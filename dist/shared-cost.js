// core/training/cost.ts
const hourMs = 36e5;
/**
* Price of a run: the dearest of its runner's labels, times the hours of all its attempts. A price from the policy and
* times from the run: as good as the run's word.
* @param runsOn labels, compared without regard to case
* @param durationsMs of each attempt; one that is no finite time above 0 costs nothing
* @returns null when no label has a price
* @see https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/apply-labels "not case sensitive"
*/
function priceRun(prices, runsOn, durationsMs) {
	const labels = new Set(runsOn.map((label) => label.toLowerCase()));
	const known = Object.entries(prices?.hourly ?? {}).flatMap(([label, price]) => labels.has(label.toLowerCase()) ? [price] : []);
	if (prices === void 0 || known.length === 0) return null;
	const hourly = Math.max(...known);
	const totalMs = durationsMs.filter((ms) => Number.isFinite(ms) && ms > 0).reduce((sum, ms) => sum + ms, 0);
	return {
		amount: Number((hourly * totalMs / hourMs).toFixed(4)),
		currency: prices.currency,
		hourly
	};
}
/** Two decimals and the currency; what is more than nothing and less than a cent says so. */
function showCost({ amount, currency }) {
	return amount > 0 && amount < .01 ? `less than 0.01 ${currency}` : `${amount.toFixed(2)} ${currency}`;
}

export { showCost as n, priceRun as t };