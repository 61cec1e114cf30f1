// core/config/stage.ts
const stages = [
	"registered",
	"staging",
	"candidate",
	"production",
	"archived",
	"rejected"
];

export { stages as t };