using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guild.Engine.Imports;

/// <summary>
/// Keeps what was read of scripts, in the home, under the hash of all that it was read from. A file is written beside its place and moved there, so many
/// processes can use the cache at once; all of it can be deleted at any time.
/// </summary>
internal sealed class ImportCache(string cacheDirectory, TimeProvider time)
{
    // What failed for a reason beside the script, such as a module that is not installed, is tried again when the user has had the time to do something about it.
    private static readonly TimeSpan FailureAge = TimeSpan.FromMinutes(1);

    private const int Capacity = 512;

    private static readonly ConcurrentDictionary<string, Entry> Known = new(StringComparer.Ordinal);

    private readonly string _directory = Path.Join(cacheDirectory, "import-flags");

    /// <summary>The key of an answer: the hash of everything that it follows from.</summary>
    public static string Key(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));

    /// <summary>The hash of a file's content, or null if it cannot be read.</summary>
    public static string? HashOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is known under a key, if it still holds; else null.</summary>
    public ScriptReading? Find(string key)
    {
        var path = PathOf(key);
        if (!Known.TryGetValue(path, out var entry))
        {
            entry = ReadFile(path);
        }

        if (entry is null || entry.Until < time.GetUtcNow() || !entry.Inputs.TrueForAll(i => HashOf(i.Path) == i.Hash))
        {
            return null;
        }

        Remember(path, entry);
        return entry.Reading;
    }

    /// <summary>Keeps an answer, and gives its reading. A home that cannot be written keeps nothing.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="answer">The answer as the reader gave it.</param>
    /// <param name="life">How long it holds.</param>
    public ScriptReading Add(string key, JsonObject answer, ReadingLife life)
    {
        var files = (answer["inputs"] as JsonArray ?? []).Select(i => i?.GetValue<string>() ?? "").Where(i => i.Length > 0);
        var hashes = new JsonObject();
        foreach (var file in files)
        {
            hashes[file] = HashOf(file);
        }

        answer["inputs"] = hashes;
        if (life == ReadingLife.Short)
        {
            answer["until"] = (time.GetUtcNow() + FailureAge).ToUnixTimeMilliseconds();
        }

        var text = answer.ToJsonString();
        var path = PathOf(key);
        Write(path, text);
        var entry = Parse(text);
        Remember(path, entry);
        return entry.Reading;
    }

    private string PathOf(string key) => Path.Join(_directory, key + ".json");

    private static void Remember(string path, Entry entry)
    {
        if (Known.Count >= Capacity)
        {
            Known.Clear();
        }

        Known[path] = entry;
    }

    private static Entry? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // A file that is damaged is made anew.
            return null;
        }
    }

    private static Entry Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var inputs = new List<Input>();
        if (root.TryGetProperty("inputs", out var written))
        {
            foreach (var input in written.EnumerateObject())
            {
                inputs.Add(new Input(input.Name, input.Value.GetString()));
            }
        }

        return new Entry(
            ReadingText.Of(root),
            inputs,
            root.TryGetProperty("until", out var until) ? DateTimeOffset.FromUnixTimeMilliseconds(until.GetInt64()) : DateTimeOffset.MaxValue);
    }

    private void Write(string path, string text)
    {
        var temporary = $"{path}.{Environment.ProcessId}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            Directory.CreateDirectory(_directory);
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
        }
    }

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder is not there, or not ours to write.
        }
    }

    private sealed record Input(string Path, string? Hash);

    private sealed record Entry(ScriptReading Reading, List<Input> Inputs, DateTimeOffset Until);
}

/// <summary>How long an answer holds.</summary>
internal enum ReadingLife
{
    /// <summary>As long as what it was read from is the same.</summary>
    Lasting,

    /// <summary>For a minute.</summary>
    Short,
}
