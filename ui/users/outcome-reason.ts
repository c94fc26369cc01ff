/** Why a row failed, for a list in which each row is a person: without the row and the column, and with names of products. */
export function outcomeReason(
  message: string | null,
  products: { skuPartNumber: string; name: string }[],
): string | null {
  if (message === null) return null;
  const said = message.replace(/^Row [\d,.]+(?:, column "[^"]*")?: /, "");
  const named = products.reduce(
    // A part number can be the beginning of another one.
    (words, { skuPartNumber, name }) =>
      words.replaceAll(new RegExp(`(?<!\\w)${escaped(skuPartNumber)}(?!\\w)`, "g"), () => name),
    said,
  );
  return named.charAt(0).toUpperCase() + named.slice(1);
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w\s]/g, String.raw`\$&`);
}
