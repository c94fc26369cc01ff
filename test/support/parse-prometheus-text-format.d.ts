/** The package has no types of its own. */
declare module "parse-prometheus-text-format" {
  type Metric = { labels?: Record<string, string>; value: string };
  const parse: (text: string) => { name: string; help: string; type: string; metrics: Metric[] }[];
  export default parse;
}
