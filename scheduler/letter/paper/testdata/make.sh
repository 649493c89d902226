#!/bin/sh
# Makes the fixtures beside it anew from the letter in make/letter.go. Needs
# LibreOffice Writer, chromium, poppler-utils, ffmpeg, tesseract-ocr-vie and
# fonts-dejavu. Run it in the package's directory: sh testdata/make.sh
# The library that makes one of the PDFs is no part of the program, so it is
# added to a copy of go.mod.
set -eu
out=$PWD/testdata
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

root=$(go env GOMOD | xargs dirname)
cp "$root/go.mod" "$root/go.sum" "$work"
go get -modfile="$work/go.mod" codeberg.org/go-pdf/fpdf@v0.12.0
make() { go run -modfile="$work/go.mod" ./testdata/make "$@"; }
make "$out"

# LibreOffice: Word's file as it saves it, and as old Word file and PDF.
office() { soffice -env:UserInstallation="file://$work/profile" --headless --convert-to "$1" --outdir "$work" "$2" >/dev/null 2>&1; }
mv "$out/plain.docx" "$work/letter.docx"
office "doc:MS Word 97" "$work/letter.docx"
office "pdf:writer_pdf_Export" "$work/letter.docx"
cp "$work/letter.doc" "$out/word97.doc"
cp "$work/letter.pdf" "$out/libreoffice.pdf"
office "odt:writer8" "$out/word.docx"
cp "$work/word.odt" "$out/libreoffice.odt"
office "docx:MS Word 2007 XML" "$work/word.odt"
cp "$work/word.docx" "$out/libreoffice.docx"

# chromium: the web page printed.
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$work/chromium.pdf" "file://$out/letter.html" 2>/dev/null
cp "$work/chromium.pdf" "$out/chromium.pdf"

# The first and second page scanned at 200 dpi, a little askew and noisy.
pdftoppm -r 200 -gray "$work/letter.pdf" "$work/page"
for n in 1 2; do
  ffmpeg -v error -y -i "$work/page-$n.pgm" -vf "rotate=0.4*PI/180:fillcolor=white,noise=alls=3:allf=t,format=gray" -frames:v 1 "$work/scan-$n.png"
  ffmpeg -v error -y -i "$work/scan-$n.png" -q:v 24 "$work/scan-$n.jpg"
done
cp "$work/scan-1.jpg" "$out/scan.jpg"
make -scans "$out/scan.pdf" "$work/scan-1.jpg" "$work/scan-2.jpg"
ls -l "$out"
