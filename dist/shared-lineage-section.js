import "./shared-facts.js";
import "./shared-metric-sections.js";

export {  };