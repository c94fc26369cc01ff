/** A cell of licenses with the products by their names; what the customer has no product of stays as it is written. */
export function productWords(
  value: string,
  products: readonly { skuId: string; skuPartNumber: string; name: string }[],
): string {
  return value
    .split(/([;,+])/)
    .map((part) => {
      const called = part.trim().toLowerCase();
      const product = products.find(
        ({ skuId, skuPartNumber }) => skuId === called || skuPartNumber.toLowerCase() === called,
      );
      return product === undefined ? part : part.replace(part.trim(), () => product.name);
    })
    .join("");
}
