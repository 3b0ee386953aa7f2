namespace Guild.Engine.Drafts;

/// <summary>Finds the scripts of a folder that a user could want to run, by their names.</summary>
internal static class ScriptSearch
{
    private static readonly string[] Tools = ["setup.py", "conftest.py", "noxfile.py", "__init__.py"];

    /// <summary>The names of the scripts, in ordinal order. Hidden files, tests and the scripts of build tools are none.</summary>
    public static IReadOnlyList<string> In(string directory)
    {
        var names = Directory.EnumerateFiles(directory).Select(p => Path.GetFileName(p)).Where(IsScript).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private static bool IsScript(string name)
    {
        // A name with a reference to a flag in it would be taken for that flag's value.
        if (name.StartsWith('.') || name.Contains("${", StringComparison.Ordinal))
        {
            return false;
        }

        if (name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            return !name.EndsWith(".tests.ps1", StringComparison.OrdinalIgnoreCase);
        }

        return name.EndsWith(".py", StringComparison.Ordinal)
            && !Tools.Contains(name, StringComparer.Ordinal)
            && !name.StartsWith("test_", StringComparison.Ordinal)
            && !name.EndsWith("_test.py", StringComparison.Ordinal);
    }
}
