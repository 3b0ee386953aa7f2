using System.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Runs;

/// <summary>
/// Which process of which host a run is: the file <c>.guild/PROCESS</c>, written before the program is locked. A process id alone
/// is used again by the system, so the start time and the boot that it belongs to are kept beside it. A supervisor renews the
/// file's time, by which other hosts of a shared home see that the run goes on.
/// </summary>
/// <param name="ProcessId">The id of the program's process; null while it is not started.</param>
/// <param name="Start">The kernel's own value for when the program started (on Linux ticks since the boot); null if unknown.</param>
/// <param name="Boot">What names the boot of the host; <c>""</c> or null if the system has no such name.</param>
/// <param name="Host">The name of the host.</param>
/// <param name="SupervisorId">The id of the process that watches over the program and records its end.</param>
/// <param name="SupervisorStart">As <paramref name="Start"/>, of the supervisor.</param>
public sealed record ProcessRecord(int? ProcessId, long? Start, string? Boot, string Host, int SupervisorId, long? SupervisorStart)
{
    /// <summary>The set of process numbers that the ids are of (on Linux the pid namespace); null if unknown, or if the system has only one.</summary>
    public string? Namespace { get; init; }

    /// <summary>How often a supervisor renews the file's time.</summary>
    public static TimeSpan RenewalPeriod { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How old the file's time can be until a run of another host counts as gone.</summary>
    public static TimeSpan RenewalLimit { get; } = TimeSpan.FromSeconds(90);

    /// <summary>The record of a program on this host that this process supervises.</summary>
    /// <param name="processId">The id of the program's process, which runs; null while it is not started.</param>
    public static ProcessRecord Current(int? processId)
    {
        var liveness = ProcessLiveness.OfThisHost;
        return new ProcessRecord(
            processId,
            processId is { } id ? liveness.StartOf(id) : null,
            liveness.Boot,
            liveness.Host,
            Environment.ProcessId,
            Own.Start)
        {
            Namespace = liveness.Namespace,
        };
    }

    /// <summary>Reads a record; null if the file is missing or holds none.</summary>
    public static ProcessRecord? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path, Encoding.UTF8)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a record from its text; null if it holds none.</summary>
    public static ProcessRecord? Parse(string text)
    {
        object? value;
        try
        {
            value = YamlText.Read(text);
        }
        catch (YamlTextException)
        {
            return null;
        }

        if (value is not IReadOnlyDictionary<string, object?> map
            || Item(map, "host") is not string host
            || Item(map, "supervisor") is not long supervisor)
        {
            return null;
        }

        return new ProcessRecord(
            (int?)(Item(map, "pid") as long?),
            Item(map, "start") as long?,
            Item(map, "boot") as string,
            host,
            (int)supervisor,
            Item(map, "supervisor_start") as long?)
        {
            Namespace = Item(map, "namespace") as string,
        };
    }

    /// <summary>The text of the record: a YAML mapping.</summary>
    public string Format()
    {
        var values = new Dictionary<string, object?>
        {
            ["pid"] = ProcessId is { } id ? (long)id : null,
            ["start"] = Start,
            ["boot"] = Boot,
            ["host"] = Host,
            ["supervisor"] = (long)SupervisorId,
            ["supervisor_start"] = SupervisorStart,
        };
        if (Namespace is not null)
        {
            values["namespace"] = Namespace;
        }

        return YamlText.Write(values);
    }

    /// <summary>Writes the record so that no reader sees a part of it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        RunDirectory.WriteAndMove(unfinished, path, Encoding.UTF8.GetBytes(Format()));
    }

    /// <summary>Renews the file's time, so that other hosts see that the run goes on; nothing if it is gone or cannot be written.</summary>
    public static void Renew(string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Who deletes the run while it ends needs no sign of life; a disk that cannot be written now may be able to later.
        }
    }

    private static object? Item(IReadOnlyDictionary<string, object?> map, string name) => map.GetValueOrDefault(name);

    // Asked for once, and not where no record is written.
    private static class Own
    {
        internal static readonly long? Start = ProcessLiveness.OfThisHost.StartOf(Environment.ProcessId);
    }
}
