import { execFile, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { commands, listedCommands } from "../../cli/commands.ts";
import { completionScripts } from "../../cli/completion.ts";
import { importUsage } from "../../cli/import-usage.ts";
import { commandUsage, usage } from "../../cli/usage.ts";
import { canRun } from "../support/can-run.ts";
import { muster } from "../support/muster.ts";

const root = join(import.meta.dirname, "../..");
const complete = async (...words: string[]) => (await muster(["complete", "--", ...words], {})).out.trim().split("\n");

test("docs/cli.md tells what help tells; npx vitest run test/cli/commands.test.ts -u writes it", async () => {
  const parts = listedCommands.map((command) =>
    sectionOf(command.words, command.words === "import" ? importUsage("muster") : commandUsage("muster", command)),
  );
  const head = await readFile(join(root, "cli/README.md"), "utf8");
  const text = `${head}\n\`\`\`\n${usage("muster").trim()}\n\`\`\`\n\n${parts.join("\n")}`;
  await expect(text).toMatchFileSnapshot("../../docs/cli.md");
});

test("words, options and values are completed", async () => {
  expect(await complete("b")).toEqual(["batches", "bundles"]);
  expect(await complete("batches", "re")).toEqual(["retry", "refuse", "resume", "results"]);
  expect(await complete("batches", "apply", "12", "--w")).toEqual(["--wait"]);
  expect(await complete("batches", "list", "--state", "r")).toEqual(["ready", "running", "rejected"]);
  expect(await complete("import", "people.csv", "--operation", "del")).toEqual(["delete-users"]);
  expect(await complete("import", "peo")).toEqual([""]);
});

test.each(listedCommands.map(({ words }) => words))("muster %s --help tells of it, and does nothing", async (words) => {
  const listed = listedCommands.find((one) => one.words === words);
  const help = words === "import" ? importUsage("muster") : commandUsage("muster", listed!);
  expect(await muster([...words.split(" "), "--help"], {})).toEqual({ code: 0, out: help, err: "" });
});

test.each([...commands.map(({ words }) => words), "import", "batches lst", "lst"])(
  "muster %s --json prints one object where the command is wrong, too",
  async (words) => {
    const { code, out } = await muster([...words.split(" "), "--json", "--bogus"], {});
    const told = JSON.parse(out) as object;
    expect(told).toMatchObject({ exitCode: code, problem: { code: "usage", detail: expect.any(String) as string } });
    // `import` tells more.
    expect(Object.keys(told)).toEqual(
      expect.arrayContaining(words === "import" ? [] : ["exitCode", "result", "problem"]),
    );
    expect(code).toBe(2);
  },
);

/** Each says what it would offer for `muster batches "r x`, with a command line of its own that offers two words. */
const asks: Record<keyof typeof completionScripts, string> = {
  bash: `muster() { printf '%s|' "$@" >&2; printf 'results\\nretry\\n'; }
    ${completionScripts.bash}
    COMP_WORDS=(muster batches "r x"); COMP_CWORD=2; _muster; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: `muster() { printf '%s|' "$@" >&2; printf 'results\\nretry\\n'; }
    compdef() { :; }
    compadd() { printf '%s\\n' "\${(P@)2}"; }
    ${completionScripts.zsh}
    words=(muster batches "r x"); CURRENT=3; _muster`,
  fish: `function muster; printf '%s|' $argv >&2; printf 'results\\nretry\\n'; end
    ${completionScripts.fish}
    complete -C 'muster batches r'`,
};
const hasShell = (shell: string) => spawnSync(shell, ["-c", "exit"]).error === undefined;

for (const [shell, script] of Object.entries(asks)) {
  test.runIf(canRun(hasShell(shell), shell, "npx vitest run test/cli/commands.test.ts"))(
    `${shell} completes by asking the command line`,
    async () => {
      const { stdout, stderr } = await promisify(execFile)(shell, ["-c", script.replace("2>/dev/null", "")], {
        cwd: root,
      });
      expect(stdout).toBe("results\nretry\n");
      expect(stderr).toBe(`complete|--|batches|${shell === "fish" ? "r" : "r x"}|`);
    },
  );
}

test("the command line is of the same version as the server that it comes with", async () => {
  expect(await versionOf("cli/package.json")).toBe(await versionOf("package.json"));
});

function sectionOf(words: string, text: string): string {
  return `## muster ${words}\n\n\`\`\`\n${text.trim()}\n\`\`\`\n`;
}

async function versionOf(file: string): Promise<string> {
  return (JSON.parse(await readFile(join(root, file), "utf8")) as { version: string }).version;
}
