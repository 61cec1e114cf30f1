import "./shared-parse.js";

export {  };