/** What is said of an upload that ended before its file was whole. */
export const interruptedUpload = {
  code: "upload_interrupted",
  message: "The upload broke off before the file was whole. Nothing of it was kept; send the file again.",
} as const;
