/** An open stream of server-sent events. */
export type EventStream = {
  status: number;
  headers: Headers;
  /** Everything received so far, comments included. */
  text(): string;
  events(): { event: string; data: Record<string, unknown>; at: number }[];
  ended(): boolean;
  close(): void;
};

/** Opens `url` and keeps what comes. */
export async function openEvents(url: string, headers: Record<string, string>): Promise<EventStream> {
  const stop = new AbortController();
  const answer = await fetch(url, { headers, signal: stop.signal });
  const events: { event: string; data: Record<string, unknown>; at: number }[] = [];
  let text = "";
  let rest = "";
  let ended = false;
  async function read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      const piece = decoder.decode(chunk as Uint8Array, { stream: true });
      text += piece;
      const blocks = (rest + piece).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
        const data = field("data");
        if (data !== undefined) events.push({ event: field("event") ?? "", data: JSON.parse(data), at: Date.now() });
      }
    }
  }
  read()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  return {
    status: answer.status,
    headers: answer.headers,
    text: () => text,
    events: () => events,
    ended: () => ended,
    close: () => stop.abort(),
  };
}
