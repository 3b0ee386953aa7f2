using System.Diagnostics;
using Guild.Engine.SourceCode;

namespace Guild.Bench;

/// <summary>What a run's copy of the project's source code costs.</summary>
internal static class Sources
{
    private const int Files = 2_000;
    private const int FilesInFolder = 50;

    private static readonly Lazy<string> Project = new(Make);

    internal static IEnumerable<Comparison> Comparisons()
    {
        yield return new Comparison(
            $"snapshot of {Files} source files : cp -r",
            () =>
            {
                using Process copy = Process.Start("cp", ["-r", Project.Value, Scratch.NewPath("copy")]);
                copy.WaitForExit();
            },
            () =>
            {
                SourceSelection selection = SourceSnapshot.Plan(Project.Value, [], new SourceSnapshotOptions());
                SourceSnapshot.Copy(selection, Scratch.NewFolder("snapshot"));
            },
            Rounds: 9);
    }

    private static string Make()
    {
        string project = Scratch.NewFolder("sources");
        byte[] text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("def train(rate, epochs): return rate * epochs\n", 80)));
        for (int i = 0; i < Files; i++)
        {
            string folder = Path.Join(project, $"package{i / FilesInFolder}");
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Join(folder, $"module{i}.py"), text);
        }

        return project;
    }
}
