import "./shared-facts.js";

export {  };