using System.Security.Cryptography;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Yaml;

namespace Guild.Engine.Resources;

/// <summary>Rewrites a configuration file with the source's parameters and the operation's flags, into the run's own folder.</summary>
internal static class ConfigStep
{
    /// <summary>
    /// The rewritten file, or the input itself if the source is of another kind. Raises <see cref="ResourceException"/> if the file
    /// cannot be read or a value has no place in it.
    /// </summary>
    public static SelectedInput Run(SourceRequest request, SelectedInput input, RunDirectory run)
    {
        if (request.Source.Kind != SourceKind.Config)
        {
            return input;
        }

        var text = Rewritten(request, input.FullPath);
        var folder = Path.Join(run.GuildPath, "generated", RandomNumberGenerator.GetHexString(8, lowercase: true));
        var path = Path.Join(folder, Path.GetFileName(input.FullPath));
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, text);
            return new SelectedInput(path, Path.GetFileName(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw request.Fail($"'{path}' could not be written: {error.Message}", inner: error);
        }
    }

    private static string Rewritten(SourceRequest request, string path)
    {
        try
        {
            var format = ConfigFormat.For(path)
                ?? throw request.Fail($"'{path}' is no configuration file that can be rewritten; expected .yml, .yaml, .json, .ini or .cfg.");
            if (Directory.Exists(path))
            {
                throw request.Fail($"'{path}' is a folder, where a configuration file is expected.", "Name a file in the Guild file.");
            }

            if (format.Read(File.ReadAllText(path)) is not { } root)
            {
                throw request.Fail($"'{path}' does not hold names with values at its top, so flags have no place in it.");
            }

            foreach (var (name, value) in request.Source.Params.Concat(FlagValues(request.Context)))
            {
                Put(format, root, name, value);
            }

            return format.Write(root);
        }
        catch (Exception error) when (error is YamlTextException or FormatException or ArgumentException
            or IOException or UnauthorizedAccessException)
        {
            throw request.Fail($"'{path}' cannot be rewritten with flags: {ConfigFormat.ProblemOf(error)}", inner: error);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> FlagValues(ResourceContext context)
    {
        var definitions = context.FlagDefinitions.ToDictionary(flag => flag.Name, StringComparer.Ordinal);
        foreach (var (name, value) in context.Flags)
        {
            var flag = definitions.GetValueOrDefault(name);
            if (value is not null && flag is not { ArgSkip: true })
            {
                // A list of the file is a flag of several words, and becomes a list again.
                yield return new(
                    flag is { ArgName.Length: > 0 } ? flag.ArgName : name,
                    flag is { SplitsArg: true } ? FlagArguments.ReadParts(flag, value) : value);
            }
        }
    }

    // A name with dots is a name of the file that has the same dots, else a path through mappings of which the longest name that is
    // there comes first.
    private static void Put(ConfigFormat format, Dictionary<string, object?> mapping, string name, object? value)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
        {
            var first = name[..end];
            if (!mapping.TryGetValue(first, out var inner))
            {
                continue;
            }

            if (end == name.Length)
            {
                mapping[first] = format.Means(inner, value) ? inner : value;
                return;
            }

            if (inner is not IReadOnlyDictionary<string, object?> innerMapping)
            {
                throw new FormatException($"'{name}' has no place in it, because '{first}' is a single value there.");
            }

            mapping[first] = inner = new Dictionary<string, object?>(innerMapping, StringComparer.Ordinal);
            Put(format, (Dictionary<string, object?>)inner, name[(end + 1)..], value);
            return;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
        {
            mapping[name] = value;
            return;
        }

        var nested = new Dictionary<string, object?>(StringComparer.Ordinal);
        mapping[name[..dot]] = nested;
        Put(format, nested, name[(dot + 1)..], value);
    }
}
