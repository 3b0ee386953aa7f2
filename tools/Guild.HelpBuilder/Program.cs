namespace Guild.HelpBuilder;

/// <summary>Turns the Markdown pages of the documentation into what <c>Get-Help</c> reads.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length != 4)
        {
            Console.Error.WriteLine("Usage: Guild.HelpBuilder ASSEMBLY DEPENDENCIES-FOLDER DOCS-FOLDER OUTPUT-FOLDER");
            return 2;
        }

        try
        {
            Build(assembly: args[0], dependencies: args[1], docs: args[2], output: args[3]);
            return 0;
        }
        catch (PageException exception)
        {
            // In the form that MSBuild takes for an error of its own.
            Console.Error.WriteLine($"{exception.Path} : error HELP001: {exception.Message}");
            return 1;
        }
    }

    private static void Build(string assembly, string dependencies, string docs, string output)
    {
        Directory.CreateDirectory(output);
        CmdletLibrary library = CmdletLibrary.Load(assembly, dependencies);
        IEnumerable<CmdletPage> pages = Pages(Path.Combine(docs, "cmdlets"), "*-*.md").Select(CmdletPage.Read);
        string helpFile = Path.Combine(output, Path.GetFileName(assembly) + "-Help.xml");
        MamlWriter.Write(helpFile, pages.Select(page => (page, library.Find(page))));
        foreach (string path in Pages(Path.Combine(docs, "about"), "about_*.md"))
        {
            string topic = Path.GetFileNameWithoutExtension(path);
            File.WriteAllText(Path.Combine(output, topic + ".help.txt"), AboutTopic.Render(topic, File.ReadAllText(path)));
        }
    }

    private static IEnumerable<string> Pages(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal) : [];
}
