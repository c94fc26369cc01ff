import type { Listed } from "./command.ts";
import { commandAt, listedCommands, type shells } from "./commands.ts";
import { optionsOf } from "./usage.ts";

/** What fits for the last of `words`, which a person is typing; nothing where it is a file or a word of their own. */
export function complete(words: readonly string[]): string[] {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? "";
  const command = commandAt(listedCommands, before);
  const found = command === undefined ? nextWords(before) : ofCommand(command, before.at(-1) ?? "", typed);
  return found.filter((one) => one.startsWith(typed));
}

function nextWords(before: readonly string[]): string[] {
  const fitting = listedCommands
    .map(({ words }) => words.split(" "))
    .filter((words) => before.every((word, at) => words[at] === word));
  return [...new Set(fitting.flatMap((words) => words[before.length] ?? []))];
}

function ofCommand(command: Listed, previous: string, typed: string): string[] {
  const all = optionsOf(command);
  const asked = previous.startsWith("--") ? all[previous.slice(2)] : undefined;
  if (asked?.takes !== undefined) return [...(asked.values ?? [])];
  return typed.startsWith("-") ? Object.keys(all).map((name) => `--${name}`) : [];
}

/** What a shell is to read so that it completes commands; each asks the command line itself, by `complete`. */
export const completionScripts: Record<(typeof shells)[number], string> = {
  bash: `_muster() {
  local IFS=$'\\n'
  COMPREPLY=($(muster complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _muster muster
`,
  zsh: `_muster() {
  local -a found
  found=(\${(f)"$(muster complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
compdef _muster muster
`,
  fish: `function _muster
  set -l found (muster complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if count $found >/dev/null
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c muster -f -a '(_muster)'
`,
};
