/** What is said of an upload that ended before its file was whole. */
export const interruptedUpload = {
  code: "upload_interrupted",
  message: "The upload was interrupted before the whole file had arrived. Nothing of it was kept; send the file again.",
} as const;
