import "./shared-address.js";
import "./shared-facts.js";

export {  };