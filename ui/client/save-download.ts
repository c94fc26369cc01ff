/** Gives `text` to the browser to save as `fileName`. */
export function saveDownload(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  download(address, fileName);
  URL.revokeObjectURL(address);
}

/** Has the browser save what lies at an address of the api, under the name that the answer gives. */
export function saveFrom(address: string): void {
  download(address, "");
}

function download(address: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
}
