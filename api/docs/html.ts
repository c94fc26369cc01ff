/** The style of our own pages; the policy names it by its hash, so that no other style can stand in one. */
export const pageStyle = `:root { color-scheme: light dark; font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: 0.9em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 0.75rem; border: 1px solid #8886; border-radius: 4px; }
summary { cursor: pointer; padding: 0.4rem 0; }
details details { margin-left: 1.5rem; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; text-transform: uppercase; color: #0f6cbd; }
table { border-collapse: collapse; }
td, th { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; }
td:last-child { overflow-wrap: anywhere; }
[hidden] { display: none !important; }
form { display: grid; gap: 0.75rem; max-width: 20rem; margin: 15vh auto; }
input, button { font: inherit; padding: 0.4rem 0.6rem; width: 100%; box-sizing: border-box; }
.alert { color: #b10e1c; }`;

/** `text` as it can stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}

/** A whole page: no script, no outside source, so the strictest policy fits. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
