using System.Globalization;
using System.Text;
using Guild.Engine.Operations;

namespace Guild.Engine.Execution;

/// <summary>
/// What a supervisor of a detached run is told beside the run. It comes by a pipe, as one line of Base64, because there are secrets among the variables: they must lie on no disk and in no
/// command line.
/// </summary>
internal sealed record DetachedRequest
{
    private const string Version = "3";
    private const int Fixed = 10;

    /// <summary>The process that prepared the run and gives it away.</summary>
    public required ClaimOwner Owner { get; init; }

    /// <summary>As in <see cref="EngineContext"/>.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>As in <see cref="EngineContext"/>.</summary>
    public required string UserHome { get; init; }

    /// <summary>As in <see cref="EngineContext"/>.</summary>
    public required string RunnersDirectory { get; init; }

    /// <summary>As in <see cref="EngineContext"/>.</summary>
    public string? FallbackPowerShell { get; init; }

    /// <summary>As in <see cref="RunOptions"/>.</summary>
    public bool MergesStreams { get; init; }

    /// <summary>As in <see cref="RunOptions"/>.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The names of variables that were set for the supervisor alone.</summary>
    public IReadOnlyList<string> OwnVariables { get; init; } = [];

    /// <summary>The variables that no record has.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public string Encode()
    {
        var fields = new List<string>
        {
            Version,
            Owner.ProcessId.ToString(CultureInfo.InvariantCulture),
            Owner.Start?.ToString(CultureInfo.InvariantCulture) ?? "",
            WorkingDirectory,
            UserHome,
            RunnersDirectory,
            FallbackPowerShell ?? "",
            MergesStreams ? "merged" : "",
            TimeLimit?.Ticks.ToString(CultureInfo.InvariantCulture) ?? "",
            string.Join(' ', OwnVariables),
        };
        foreach (var (name, value) in Variables)
        {
            fields.Add(name);
            fields.Add(value);
        }

        // A zero character can be in no path and in no variable.
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\0', fields)));
    }

    /// <exception cref="FormatException">The text is no request.</exception>
    public static DetachedRequest Decode(string text)
    {
        var fields = Encoding.UTF8.GetString(Convert.FromBase64String(text.Trim())).Split('\0');
        if (fields.Length < Fixed || fields[0] != Version || (fields.Length - Fixed) % 2 != 0)
        {
            throw new FormatException("What came by the pipe is not what this version understands.");
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = Fixed; i < fields.Length; i += 2)
        {
            variables[fields[i]] = fields[i + 1];
        }

        return new DetachedRequest
        {
            Owner = new ClaimOwner(
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[2].Length == 0 ? null : long.Parse(fields[2], CultureInfo.InvariantCulture)),
            WorkingDirectory = fields[3],
            UserHome = fields[4],
            RunnersDirectory = fields[5],
            FallbackPowerShell = fields[6].Length == 0 ? null : fields[6],
            MergesStreams = fields[7].Length > 0,
            TimeLimit = fields[8].Length == 0 ? null : TimeSpan.FromTicks(long.Parse(fields[8], CultureInfo.InvariantCulture)),
            OwnVariables = fields[9].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Variables = variables,
        };
    }
}
