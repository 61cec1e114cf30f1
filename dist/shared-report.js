import { t as renderHtmlReport } from "./shared-report2.js";

export { renderHtmlReport };