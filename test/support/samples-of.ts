import parse from "parse-prometheus-text-format";

/** The samples of a text in Prometheus' format as another program reads it, as `name{label="value"}`, labels by name. */
export function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  // Without the heads, because of a histogram the parser keeps no labels.
  for (const { name, metrics } of parse(text.replaceAll(/^#.*$/gm, ""))) {
    for (const { labels = {}, value } of metrics) {
      const told = Object.keys(labels)
        .toSorted()
        .map((label) => `${label}="${labels[label]}"`);
      samples.set(`${name}${told.length === 0 ? "" : `{${told.join(",")}}`}`, Number(value));
    }
  }
  return samples;
}
