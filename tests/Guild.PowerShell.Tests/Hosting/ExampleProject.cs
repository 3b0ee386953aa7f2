namespace Guild.PowerShell.Tests.Hosting;

/// <summary>A copy of <c>examples/iris</c>, so that a test leaves nothing in the sources.</summary>
internal static class ExampleProject
{
    /// <summary>Copies the example into <paramref name="target"/> and gives that folder.</summary>
    internal static string CopyTo(string target)
    {
        var source = Path.Combine(BuiltFiles.RepositoryRoot, "examples", "iris");
        Directory.CreateDirectory(Path.Combine(target, "data"));
        foreach (var name in Directory.EnumerateFiles(source).Select(path => Path.GetFileName(path)).Append("data/iris.csv"))
        {
            File.Copy(Path.Combine(source, name), Path.Combine(target, name));
        }

        return target;
    }
}
