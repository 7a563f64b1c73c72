import com.adobe.epubcheck.tool.EpubChecker;

/** Checks many books in one machine, because each start of Java costs seconds. */
class Many {
    public static void main(String[] files) {
        int bad = 0;
        for (String file : files) {
            System.err.println("BOOK " + file);
            if (new EpubChecker().run(new String[] {file, "--failonwarnings"}) != 0) {
                System.err.println("FAILED " + file);
                bad++;
            }
        }
        System.exit(bad > 0 ? 1 : 0);
    }
}
