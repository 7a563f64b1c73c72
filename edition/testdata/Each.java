import com.adobe.epubcheck.tool.EpubChecker;

/** Checks many books in one machine, because each start of Java costs seconds. */
class Each {
    public static void main(String[] files) {
        for (String file : files) {
            System.err.println("BOOK " + file);
            try {
                new EpubChecker().run(new String[] {file});
            } catch (RuntimeException e) {
                System.err.println("FATAL(" + e + ")");
            }
        }
    }
}
