// Package paper gets the text out of the file that a letter arrives as: PDF,
// DOCX, ODT, web page, plain text, old Word file, scan or photo. What comes out
// is what [loaphuong/scheduler/letter.Parse] reads.
//
// [Reader.Read] is the whole of it. It promises
//
//   - to tell the format by the content and never by the name, and to refuse
//     everything that is no letter with an error that says what it is and what
//     to do;
//   - to write out what a person sees: the numbers and bullets of lists, capitals
//     that are only a font's, two columns of a letterhead with a gap between them;
//     and to leave out what a person does not see: deleted words, fields, scripts;
//   - to give composed Unicode whatever the letter was typed in: the older codings
//     TCVN3 (ABC) and VNI are recognised and converted, and real Unicode is never;
//   - to stay within [Limits] in bytes read, text, pages, pictures, memory and time
//     for any file, also one made to do harm;
//   - to leave neither process nor file behind.
//
// PDF is the format with the longest history of files that take programs over.
// PDFium therefore runs as WebAssembly, which sees no file and no network, and
// that in a child process with limits of its own, which is started for one file
// and killed with everything in it when time is up. The child is our own program
// again: it calls [ServeChild] and nothing else.
//
// Pictures are read by tesseract, old Word files by LibreOffice, both as programs
// without a shell; where they are not installed the error says what to install.
//
// The text has "\n" at the end of each line. Pages are parted by "\f" at the
// beginning of a line, where the format has pages. At least four spaces within a
// line part what stands side by side on the paper.
package paper
