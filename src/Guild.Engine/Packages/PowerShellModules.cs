using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Packages;

/// <summary>
/// Finds PowerShell modules with a Guild file beside their manifest. Of a module only its folder and the names of its version folders are looked at, and of one that
/// has a Guild file the manifest: no module is loaded.
/// </summary>
internal static partial class PowerShellModules
{
    private static readonly EnumerationOptions Folders = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>The modules with a Guild file in a folder of the module path, in the order of their names.</summary>
    public static IEnumerable<InstalledPackage> In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var modules = Directory.GetDirectories(folder, "*", Folders);
        Array.Sort(modules, StringComparer.Ordinal);
        return modules.Select(Newest).OfType<InstalledPackage>();
    }

    // PowerShell takes the newest of the versions that lie side by side; what an older one has does not count.
    private static InstalledPackage? Newest(string module)
    {
        var newest = Directory.EnumerateDirectories(module, "*", Folders)
            .Select(f => (Folder: f, Version: Version.TryParse(Path.GetFileName(f), out var version) ? version : null))
            .Where(f => f.Version is not null)
            .OrderByDescending(f => f.Version)
            .FirstOrDefault();
        var unversioned = Of(module, Path.GetFileName(module), null);
        if (newest.Folder is null)
        {
            return unversioned;
        }

        return unversioned is not null && Version.TryParse(unversioned.Version, out var version) && version > newest.Version
            ? unversioned
            : Of(newest.Folder, Path.GetFileName(module), Path.GetFileName(newest.Folder));
    }

    private static InstalledPackage? Of(string folder, string name, string? version)
    {
        var guildFile = Path.Combine(folder, GuildFileReader.FileName);
        var manifest = Path.Combine(folder, name + ".psd1");
        return File.Exists(guildFile) && (File.Exists(manifest) || File.Exists(Path.Combine(folder, name + ".psm1")))
            ? new InstalledPackage { Name = name, Version = version ?? VersionIn(manifest), Kind = PackageKind.PowerShell, Location = folder, GuildFiles = [guildFile] }
            : null;
    }

    private static string VersionIn(string manifest)
    {
        try
        {
            return File.Exists(manifest) && ModuleVersion().Match(File.ReadAllText(manifest)) is { Success: true } match ? match.Groups["version"].Value : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The version is only recorded; the Guild file says what can be run.
            return "";
        }
    }

    [GeneratedRegex("""^[ \t]*(?:@\{[ \t]*)?['"]?ModuleVersion['"]?[ \t]*=[ \t]*['"](?<version>[^'"]+)['"]""", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ModuleVersion();
}
