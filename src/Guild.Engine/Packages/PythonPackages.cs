using Guild.Engine.GuildFiles;

namespace Guild.Engine.Packages;

/// <summary>Finds Python distributions that have models, by the metadata that installers write beside packages.</summary>
internal static class PythonPackages
{
    private static readonly EnumerationOptions Folders = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>The distributions with models in a folder of Python's path, in the order of their names.</summary>
    /// <param name="folder">The absolute path of the folder.</param>
    /// <param name="problems">Gets what is wrong with distributions that are left out.</param>
    public static IReadOnlyList<InstalledPackage> In(string folder, List<string> problems)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var metadata = Directory.GetDirectories(folder, "*-info", Folders);
        Array.Sort(metadata, StringComparer.Ordinal);
        var found = new List<InstalledPackage>();
        foreach (var path in metadata)
        {
            if (Path.GetExtension(path) is ".dist-info" or ".egg-info" && Read(path, problems) is { } package)
            {
                found.Add(package);
            }
        }

        return found;
    }

    private static InstalledPackage? Read(string metadata, List<string> problems)
    {
        try
        {
            return EntryPoints.Read(Path.Combine(metadata, "entry_points.txt")) is { HasModels: true } entryPoints ? Of(metadata, entryPoints, problems) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"The metadata of a Python package in '{metadata}' cannot be read: {error.Message}");
            return null;
        }
    }

    private static InstalledPackage? Of(string metadata, EntryPoints entryPoints, List<string> problems)
    {
        var distribution = Distribution.Read(metadata);
        var files = distribution.GuildFiles();
        if (files.Count == 0)
        {
            problems.Add($"Python package '{distribution.Name}' says in '{metadata}' that it has models, but it has no {GuildFileReader.FileName}.");
            return null;
        }

        return new InstalledPackage
        {
            Name = distribution.Name,
            Version = distribution.Version,
            Kind = PackageKind.Python,
            Location = metadata,
            GuildFiles = files,
            ModelNames = entryPoints.Models,
            IsEditable = distribution.IsEditable,
        };
    }
}
