using Guild.Engine.Operations;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Packages;

/// <summary>A project beside a virtual environment and a folder of PowerShell modules, all of its own; no Python is in the environment but the real one's programs.</summary>
internal sealed class PackageFixture : IDisposable
{
    public PackageFixture(string guildFile = "train: train\n")
    {
        Project = new TempProject(guildFile);
        // It is no program at all, so it could not be asked.
        Project.Write(OperatingSystem.IsWindows() ? "venv/Scripts/python.exe" : "venv/bin/python", "");
        Project.Write("venv/pyvenv.cfg", "include-system-site-packages = false\n");
        Project.Write($"{Site}/x", "");
        Project.Environment["VIRTUAL_ENV"] = Project.PathOf("venv");
        Project.Environment["PSModulePath"] = Project.PathOf("modules") + Path.PathSeparator + Project.PathOf("more-modules");
    }

    public static string Site { get; } = OperatingSystem.IsWindows() ? "venv/Lib/site-packages" : "venv/lib/python3.12/site-packages";

    public TempProject Project { get; }

    public Guild.Engine.GuildFiles.PackageSearch Search => PythonFolders.Search(Project.Context);

    public Guild.Engine.Packages.InstalledPackages Installed => Search.Installed;

    /// <summary>Installs a distribution with one Guild file the way pip does.</summary>
    public void Install(string name, string version, string guildFile, params string[] models)
    {
        var folder = name.Replace('.', '/').Replace('-', '_');
        Write($"{Site}/{folder}/guild.yml", guildFile);
        Describe(name, version, [$"{folder}/guild.yml,sha256=abc,10"], models);
    }

    /// <summary>Writes the metadata of a distribution.</summary>
    public void Describe(string name, string version, string[] record, params string[] models)
    {
        var metadata = $"{Site}/{name.Replace('-', '_')}-{version}.dist-info";
        Write($"{metadata}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: A test\n\nName: not this\n");
        Write($"{metadata}/RECORD", string.Join('\n', record) + $"\n{Path.GetFileName(metadata)}/RECORD,,\n");
        Write($"{metadata}/entry_points.txt", "[console_scripts]\nguild = x:main\n\n[guild.models]\n" + string.Concat(models.Select(m => $"{m} = guild.model:PackageModel\n")));
    }

    public void Write(string path, string text) => Project.Write(path, text);

    public void Module(string path, string guildFile, string version = "1.0.0")
    {
        var name = path.Split('/')[1];
        Write($"{path}/{name}.psd1", $"@{{\n    # ModuleVersion = '9.9'\n    ModuleVersion = '{version}'\n}}\n");
        Write($"{path}/guild.yml", guildFile);
    }

    public void Dispose() => Project.Dispose();
}
