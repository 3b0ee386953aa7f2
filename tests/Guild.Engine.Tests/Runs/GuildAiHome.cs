using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

/// <summary>A home that Guild AI 0.9.1 wrote, with what that tool says of it. Unpacked once; tests only read it.</summary>
public sealed class GuildAiHome : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("guild-ai-home-").FullName;

    public GuildAiHome()
    {
        using var archive = File.OpenRead(Path.Join(AppContext.BaseDirectory, "Fixtures", "guild-0.9-home.tar.gz"));
        using var unpacked = new GZipStream(archive, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, _path, overwriteFiles: false);
        Store = new RunStore(new GuildHome(Path.Join(_path, "home")));
        Runs = ReadArray("runs.json");
        Deleted = ReadArray("deleted.json");
        Infos = File.ReadLines(ExpectedPath("info.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(info => info.GetProperty("id").GetString()!);
    }

    public RunStore Store { get; }

    public IReadOnlyList<JsonElement> Runs { get; }

    public IReadOnlyList<JsonElement> Deleted { get; }

    public IReadOnlyDictionary<string, JsonElement> Infos { get; }

    /// <summary>The text of a file that says what Guild AI said.</summary>
    public string ExpectedText(string name) => File.ReadAllText(ExpectedPath(name));

    /// <summary>Where the project of the runs lies, which was in <c>/srv/demo</c>.</summary>
    public string Located(string projectPath) => projectPath == Path.GetFullPath("/srv/demo") ? Path.Join(_path, "demo") : projectPath;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private JsonElement[] ReadArray(string name) => [.. JsonDocument.Parse(File.ReadAllText(ExpectedPath(name))).RootElement.EnumerateArray()];

    private string ExpectedPath(string name) => Path.Join(_path, "expected", name);
}
