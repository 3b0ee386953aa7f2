using System.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Runs;

/// <summary>
/// The folder of one run: where its record is, and its attributes. Holds only the path; each read looks at the disk.
/// Attributes are small YAML files in <c>.guild/attrs</c>.
/// </summary>
public sealed class RunDirectory
{
    // Attributes are read whole. The largest that is known, a list of installed packages, has some 20 kB.
    internal const int MaximumAttributeSize = 8 * 1024 * 1024;

    /// <summary>The name of the file in <c>.guild</c> that whoever changes label, tags, mark or comments holds.</summary>
    internal const string AnnotationLockName = "annotations.lock";

    private const string GuildName = ".guild";
    private const string AttributesName = "attrs";

    private static readonly TimeSpan UnsettledTime = TimeSpan.FromSeconds(1);

    // A text that lacks its end is most often just what somebody wrote by hand, so little time is spent on it.
    private static readonly TimeSpan CutTime = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RetryTime = TimeSpan.FromMilliseconds(10);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly TimeProvider _time;

    /// <summary>Names a run directory; its last part is the run's id.</summary>
    /// <param name="path">The absolute path, which need not exist.</param>
    public RunDirectory(string path)
        : this(path, TimeProvider.System)
    {
    }

    internal RunDirectory(string path, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _time = time;
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        Id = System.IO.Path.GetFileName(Path);
    }

    // A list has ten thousand of these, all in one folder whose path is absolute already.
    internal RunDirectory(string root, string id, TimeProvider time)
    {
        _time = time;
        Path = System.IO.Path.Join(root, id);
        Id = id;
    }

    /// <summary>The absolute path of the run directory.</summary>
    public string Path { get; }

    /// <summary>The name of the folder, which is the run's id.</summary>
    public string Id { get; }

    /// <summary>The folder of the record: <c>.guild</c>.</summary>
    public string GuildPath => System.IO.Path.Join(Path, GuildName);

    /// <summary>The folder of the attributes.</summary>
    public string AttributesPath => InGuild(AttributesName);

    /// <summary>The recorded output of both streams, as raw bytes.</summary>
    public string OutputPath => InGuild("output");

    /// <summary>The index of the recorded output: one entry a line.</summary>
    public string OutputIndexPath => InGuild("output.index");

    /// <summary>The list of files that were put into the run.</summary>
    public string ManifestPath => InGuild("manifest");

    /// <summary>The reference to package, model and operation.</summary>
    public string OpRefPath => InGuild("opref");

    /// <summary>The file with the process id of the running program.</summary>
    public string LockPath => InGuild("LOCK");

    /// <summary>The file that says that the run goes on elsewhere; it holds that place's name.</summary>
    public string RemoteLockPath => InGuild("LOCK.remote");

    /// <summary>The file that says which process of which host the run is.</summary>
    public string ProcessPath => InGuild("PROCESS");

    /// <summary>The file that is there while the run is not yet started.</summary>
    public string PendingPath => InGuild("PENDING");

    /// <summary>The file that is there while the run is ready to be started.</summary>
    public string StagedPath => InGuild("STAGED");

    /// <summary>In a batch, the run directory that its trials are copied from.</summary>
    public string PrototypePath => InGuild("proto");

    internal string AnnotationLockPath => InGuild(AnnotationLockName);

    /// <summary>The names of all attributes in ordinal order; none if there is no record.</summary>
    public IReadOnlyList<string> AttributeNames => [.. RecordFile.NamesIn(AttributesPath).Order(StringComparer.Ordinal)];

    /// <summary>True if the attribute's file is there, readable or not.</summary>
    public bool HasAttribute(string name) => File.Exists(AttributePath(name));

    /// <summary>
    /// Reads an attribute; null if it is missing or cannot be read. What is empty or malformed and was written within the
    /// last second is read again for a moment, since another tool may be writing it in place just now.
    /// </summary>
    public object? ReadAttribute(string name) => ReadAttributeFully(name).Value;

    /// <summary>Writes an attribute so that no reader ever sees a part of it.</summary>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public void WriteAttribute(string name, object? value) => WriteAttributeText(name, YamlText.Write(value));

    /// <summary>Writes an attribute whose text is known already, so that no reader ever sees a part of it.</summary>
    /// <exception cref="IOException">The record cannot be written.</exception>
    internal void WriteAttributeText(string name, string text)
    {
        var path = AttributePath(name);

        // Guild AI lists whatever is in attrs/, so the unfinished file lies beside that folder.
        var unfinished = InGuild($".{name}.{Guid.NewGuid():N}");
        WriteAndMove(unfinished, path, StrictUtf8.GetBytes(text));
    }

    /// <summary>
    /// Writes an attribute that does not exist yet, with one plain write: for runs that are still prepared out of sight.
    /// </summary>
    /// <exception cref="IOException">The attribute exists, or cannot be written.</exception>
    public void CreateAttribute(string name, object? value) =>
        WriteNew(AttributePath(name), StrictUtf8.GetBytes(YamlText.Write(value)));

    /// <summary>Deletes an attribute, if it is there.</summary>
    public void DeleteAttribute(string name)
    {
        try
        {
            File.Delete(AttributePath(name));
        }
        catch (DirectoryNotFoundException)
        {
            // Without a record there is no attribute.
        }
    }

    /// <summary>True if the folder says what it is a run of, which makes it a run.</summary>
    public bool HasOpRef => File.Exists(OpRefPath) || HasAttribute("opref");

    /// <summary>Reads what the run is a run of, from today's place or that of 2018; null if it is missing or malformed.</summary>
    public OpRef? ReadOpRef()
    {
        var text = TryReadText(OpRefPath).Text ?? TryReadText(AttributePath("opref")).Text;
        return text is null ? null : OpRef.TryParse(text);
    }

    /// <summary>Writes what the run is a run of, once.</summary>
    /// <exception cref="IOException">It is written already, or the record cannot be written.</exception>
    public void WriteOpRef(OpRef opRef)
    {
        ArgumentNullException.ThrowIfNull(opRef);
        WriteNew(OpRefPath, StrictUtf8.GetBytes(opRef.ToString()));
    }

    internal AttributeReading ReadAttributeFully(string name)
    {
        var path = AttributePath(name);
        var reading = ReadOnce(path);
        for (var wait = TimeSpan.Zero; wait < WaitFor(reading) && IsUnsettled(path); wait += RetryTime)
        {
            Thread.Sleep(RetryTime);
            reading = ReadOnce(path);
        }

        return reading;
    }

    private static TimeSpan WaitFor(AttributeReading reading) =>
        reading.Problem is not null ? UnsettledTime : reading.IsCut ? CutTime : TimeSpan.Zero;

    /// <summary>Writes a file under a name that nobody reads and then gives it its own; of a write that fails nothing is left.</summary>
    internal static void WriteAndMove(string unfinished, string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            WriteNew(unfinished, bytes);
            if (!RecordFile.TryMove(unfinished, path))
            {
                File.Move(unfinished, path, overwrite: true);
            }
        }
        catch
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }

            throw;
        }
    }

    internal static void WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        if (RecordFile.TryWriteNew(path, bytes))
        {
            return;
        }

        using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(handle, bytes, 0);
    }

    private static AttributeReading ReadOnce(string path)
    {
        var (text, problem) = TryReadText(path);
        if (text is null)
        {
            return new AttributeReading(null, problem);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return new AttributeReading(null, "is empty");
        }

        try
        {
            return new AttributeReading(YamlText.Read(text), null, IsCut: !text.EndsWith('\n'));
        }
        catch (YamlTextException error)
        {
            return new AttributeReading(null, $"is not YAML: {error.Message}");
        }
    }

    private static (string? Text, string? Problem) TryReadText(string path)
    {
        if (RecordFile.TryRead(path, StrictUtf8) is { } small)
        {
            return (small, null);
        }

        // An exception for each attribute that a run does not have would cost more than all that it has.
        if (!File.Exists(path))
        {
            return (null, null);
        }

        try
        {
            using var handle = File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            if (length > MaximumAttributeSize)
            {
                return (null, $"is too large to be read ({length} bytes)");
            }

            var bytes = new byte[length];
            var read = RandomAccess.Read(handle, bytes, 0);
            return (StrictUtf8.GetString(bytes.AsSpan(0, read)), null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "is not UTF-8 text");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read: {error.Message}");
        }
    }

    private bool IsUnsettled(string path)
    {
        // In this order, so that a write between the two does not seem to come from the future.
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path));
        var age = _time.GetUtcNow() - written;
        return age >= TimeSpan.Zero && age < UnsettledTime;
    }

    private string AttributePath(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.AsSpan().ContainsAny('/', '\\', '\0') || name is "." or "..")
        {
            throw new ArgumentException($"'{name}' cannot be the name of an attribute.", nameof(name));
        }

        return System.IO.Path.Join(Path, GuildName, AttributesName, name);
    }

    private string InGuild(string name) => System.IO.Path.Join(Path, GuildName, name);
}
