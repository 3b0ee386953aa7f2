using System.Text.RegularExpressions;
using Guild.Engine.Text;

namespace Guild.Engine.Flags;

/// <summary>
/// Labels of runs. A template is text with names in it: <c>${lr}</c>, <c>${lr|%.3f}</c>, <c>${data|default:none|basename}</c>,
/// <c>${default_label}</c>. A name that has no value is empty text.
/// </summary>
public static partial class LabelTemplate
{
    private const string DefaultLabelName = "default_label";
    private const string Failure = "#error#";

    /// <summary>The label of a run.</summary>
    /// <param name="template">The template, or null for the default label.</param>
    /// <param name="context">What the template can name.</param>
    /// <returns>The label, or null if it would be empty.</returns>
    public static string? Render(string? template, LabelContext context)
    {
        var label = template is null
            ? DefaultLabel(context.Flags, context.WorkingDirectory)
            : Reference().Replace(template, match => RenderReference(match.Value[2..^1], context));
        return label.Length == 0 ? null : label;
    }

    /// <summary>
    /// The label of a run whose operation has no template: every flag that is not null as <c>name=value</c>, in ordinal order, with
    /// spaces between. Floats are cut to five places, paths that exist are shortened, and text with spaces is quoted.
    /// </summary>
    /// <param name="flags">The flags' values.</param>
    /// <param name="workingDirectory">The absolute path that relative paths among the values are relative to.</param>
    public static string DefaultLabel(IReadOnlyDictionary<string, object?> flags, string workingDirectory) => string.Join(
        ' ',
        flags.Keys.Where(name => flags[name] is not null)
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}={FlagDisplay.ShowShort(flags[name], workingDirectory)}"));

    private static string RenderReference(string reference, LabelContext context)
    {
        var parts = reference.Split('|');
        var value = Find(parts[0], context);
        if (parts.Length == 1)
        {
            return value is null ? "" : context.Flags.ContainsKey(parts[0]) ? FlagDisplay.ShowShort(value, context.WorkingDirectory) : (string)value;
        }

        // What has gone through a function is shown as Python shows it, no longer cut or quoted.
        foreach (var function in parts.Skip(1))
        {
            value = Apply(function, value, context.Events);
        }

        return Plain(value);
    }

    private static object? Find(string name, LabelContext context)
    {
        if (context.Flags.TryGetValue(name, out var value))
        {
            return value;
        }

        return context.Others.GetValueOrDefault(name)
            ?? (name == DefaultLabelName ? DefaultLabel(context.Flags, context.WorkingDirectory) : null);
    }

    private static object? Apply(string function, object? value, IEventSink events)
    {
        if (function.StartsWith('%'))
        {
            return Format(function, value, events);
        }

        var parts = function.Split(':', 2);
        switch (parts[0])
        {
            case "default":
                return value ?? (parts.Length > 1 ? parts[1] : "");
            case "basename":
                return BaseName(Plain(value));
            case "unquote":
                return value is string { Length: >= 2 } text && text[0] == '\'' && text[^1] == '\'' ? text[1..^1] : value;
            default:
                events.Report(new WarningEvent($"The label has a function '{function}', which is none of default, basename, unquote and a format such as %.3f."));
                return Failure;
        }
    }

    private static object? Format(string format, object? value, IEventSink events)
    {
        try
        {
            return PythonFormat.Format(format, value) ?? value;
        }
        catch (FormatException error)
        {
            events.Report(new WarningEvent($"The label cannot format a value with '{format}': {error.Message}"));
            return value;
        }
    }

    private static string BaseName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private static string Plain(object? value) => value switch
    {
        null => "",
        string text => text,
        _ => PythonText.Literal(value),
    };

    [GeneratedRegex(@"\$\{.+?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
