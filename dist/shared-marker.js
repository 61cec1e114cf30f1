import "./shared-model-name.js";

export {  };