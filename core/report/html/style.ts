/**
 * The one style of the page. Blue and orange of Okabe and Ito are told apart by everybody; besides, the champion is
 * dashed and square, so that nothing is said by colour alone.
 * @see https://jfly.uni-koeln.de/color/
 */
export const style = `
:root{color-scheme:light dark;--ground:#fff;--text:#1f2328;--quiet:#59636e;--line:#d1d9e0;--soft:#f6f8fa;--a:#0072b2;--b:#b34700;--bad:#b3261e;--good:#1a7f37;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--quiet:#9aa4af;--line:#3d444d;--soft:#161b22;--a:#56b4e9;--b:#e69f00;--bad:#ff8a80;--good:#56d364;--warn:#e3b341}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:1180px;margin:0 auto;padding:0 16px}
header{padding-top:24px}
footer{padding-bottom:48px}
h1{font-size:24px;line-height:1.25;margin:0 0 8px}
h2{font-size:20px;margin:40px 0 8px;padding-top:12px;border-top:1px solid var(--line)}
h3{font-size:16px;margin:28px 0 6px}
p{margin:8px 0}
.small,figcaption,caption{color:var(--quiet);font-size:13px}
.verdict{border-left:6px solid var(--quiet);padding-left:12px}
.verdict.pass{border-color:var(--good)}.verdict.fail{border-color:var(--bad)}.verdict.open{border-color:var(--warn)}
nav ul{list-style:none;padding:0;margin:12px 0;display:flex;flex-wrap:wrap;gap:4px 16px}
a{color:var(--a)}
:focus-visible{outline:3px solid var(--a);outline-offset:2px}
code,pre{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{background:var(--soft);padding:1px 4px;border-radius:4px}
pre{background:var(--soft);padding:8px;overflow-x:auto}
.scroll{overflow-x:auto;max-width:100%;margin:8px 0}
table{border-collapse:collapse;font-size:14px;overflow-wrap:normal}
caption{text-align:left;padding:2px 0}
th,td{border-bottom:1px solid var(--line);padding:5px 10px;text-align:left;vertical-align:top}
th{font-weight:600;background:var(--soft)}
td{min-width:56px;max-width:440px}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.n{white-space:normal}
.m{white-space:normal;min-width:190px}
.k{white-space:nowrap}
.w{min-width:180px}
.figures{display:flex;flex-wrap:wrap;gap:24px;align-items:flex-start}
figure{margin:8px 0;max-width:100%;min-width:0}
figure.wide{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-start}
figure.wide>figcaption{flex-basis:100%}
figcaption{max-width:340px}
.below{flex:1 1 100%;min-width:0;max-width:100%}
.beside{min-width:0;max-width:100%;flex:1 1 340px}
.wide>figcaption{max-width:none}
figcaption strong{color:var(--text);font-size:14px}
svg{display:block;max-width:100%;height:auto}
svg text{paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round;fill:var(--text);font-size:12px;font-family:inherit}
svg .q{fill:var(--quiet);font-size:11px}
svg .b1{font-weight:600}
.grid{stroke:var(--line);stroke-width:1}
.axis{stroke:var(--quiet);stroke-width:1}
.chance{stroke:var(--quiet);stroke-width:1;stroke-dasharray:2 4}
.margin{stroke:var(--bad);stroke-width:2;stroke-dasharray:3 3}
.la{stroke:var(--a);stroke-width:2.25;fill:none}
.lb{stroke:var(--b);stroke-width:2.25;fill:none;stroke-dasharray:7 4}
.fa{fill:var(--a)}
.fb{fill:var(--ground);stroke:var(--b);stroke-width:2}
.bar-b{fill:none;stroke:var(--b);stroke-width:1.75;stroke-dasharray:5 3}
.bar-a{fill:var(--a);fill-opacity:.55;stroke:var(--a);stroke-width:1}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:13px;margin:4px 0}
.legend span{display:inline-flex;align-items:center;gap:6px}
details{margin:6px 0}
summary{cursor:pointer;padding:4px 0;font-weight:600}
figure details summary{font-weight:400;font-size:13px;color:var(--quiet)}
.matrix td{text-align:right;font-variant-numeric:tabular-nums}
.matrix td.hit{font-weight:700;background:var(--soft)}
@media (max-width:640px){.stack thead{display:none}.stack,.stack tbody,.stack tr,.stack td{display:block;width:100%;max-width:none}.stack tr{border-bottom:2px solid var(--line);padding:6px 0}.stack td{display:flex;justify-content:space-between;gap:12px;border:0;padding:2px 0;text-align:right;white-space:normal;min-width:0}.stack td::before{content:attr(data-label);color:var(--quiet);text-align:left;font-weight:400;flex:0 0 38%}.stack td:first-child{font-weight:600}}
@media print{details{display:block}nav{display:none}}
`
  .trim()
  .replaceAll('\n', '');
