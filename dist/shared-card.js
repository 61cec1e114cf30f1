import { t as renderModelCard } from "./shared-card2.js";

export { renderModelCard };