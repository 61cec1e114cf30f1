// core/report/count-text.ts
/** Writes 1204118 as `1,204,118`. */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const counted = (count, one, many = `${one}s`) => `${grouped(count)} ${count === 1 ? one : many}`;

export { grouped as n, counted as t };