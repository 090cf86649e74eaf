/** Of the HTML document; colours follow the reader's choice of light or dark. */
export const HTML_STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --line: #d1d9e0; --soft: #f6f8fa; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --note: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --line: #30363d; --soft: #161b22; --good: #3fb950; --bad: #f85149; --warn: #d29922; --note: #4493f8; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .3rem; margin-top: 2rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { background: var(--soft); }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
pre { background: var(--soft); padding: 1rem; overflow-x: auto; }
summary { cursor: pointer; margin: .5rem 0; }
.error, .bad, .high, .removed > h3, tr.removed, li .removed { color: var(--bad); }
.warning, .medium, tr.changed, li .changed { color: var(--warn); }
.info { color: var(--note); }
.low, .added > h3, tr.added, li .added { color: var(--good); }
tr.removed code { text-decoration: line-through; }
.tables { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
.tables section { border: 1px solid var(--line); border-radius: 6px; padding: 0 1rem 1rem; }
.tables td { border: 0; padding: .1rem .4rem; }
`
