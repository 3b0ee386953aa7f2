using System.Globalization;

namespace Guild.PowerShell.Classic;

/// <summary>The words of one command, sorted into options and arguments.</summary>
internal sealed class ParsedWords
{
    private readonly Dictionary<OptionSpec, List<string>> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _arguments = [];
    private readonly Dictionary<OptionSpec, bool> _switches = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins with nothing given.</summary>
    /// <param name="commandPath">The command as messages name it, such as <c>guild runs list</c>.</param>
    public ParsedWords(string commandPath)
    {
        CommandPath = commandPath;
    }

    /// <summary>The command as messages name it.</summary>
    public string CommandPath { get; }

    /// <summary>The words that are no options, in order.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    /// <summary>Whether help was asked for.</summary>
    public bool IsHelp { get; set; }

    /// <summary>Notes words that are no options.</summary>
    public void AddArguments(IEnumerable<string> words) => _arguments.AddRange(words);

    /// <summary>Notes an option without a value.</summary>
    /// <param name="option">The option.</param>
    /// <param name="name">The name that was used, which may mean the opposite.</param>
    public void AddSwitch(OptionSpec option, string name)
    {
        _switches[option] = !option.NegativeNames.Contains(name, StringComparer.Ordinal);
        AddValue(option, "");
    }

    /// <summary>Notes an option and its value.</summary>
    public void AddValue(OptionSpec option, string value)
    {
        if (!_values.TryGetValue(option, out List<string>? values))
        {
            _values[option] = values = [];
        }

        values.Add(value);
    }

    /// <summary>Whether the option was given, and not last by a name that means the opposite.</summary>
    public bool Has(OptionSpec option) => _values.ContainsKey(option) && _switches.GetValueOrDefault(option, true);

    /// <summary>True or false as a switch and its opposite say; null if neither was given.</summary>
    public bool? Choice(OptionSpec option) => _switches.TryGetValue(option, out bool choice) ? choice : null;

    /// <summary>How often the option was given.</summary>
    public int Count(OptionSpec option) => _values.TryGetValue(option, out List<string>? values) ? values.Count : 0;

    /// <summary>All values of the option, in order.</summary>
    public IReadOnlyList<string> All(OptionSpec option) => _values.TryGetValue(option, out List<string>? values) ? values : [];

    /// <summary>The last value of the option; null if it was not given.</summary>
    public string? Last(OptionSpec option) => All(option) is [.., string last] ? last : null;

    /// <summary>The last value of the option as a whole number; null if it was not given.</summary>
    /// <param name="option">The option.</param>
    /// <param name="least">The least number that makes sense.</param>
    public int? Number(OptionSpec option, int least)
    {
        if (Last(option) is not string text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"invalid value '{text}' for {option.DisplayName}: expected a whole number of at least {least}"));
    }

    /// <summary>Raises a usage error if both options were given.</summary>
    public void Exclude(OptionSpec one, OptionSpec other)
    {
        if (Has(one) && Has(other))
        {
            throw Error($"{one.DisplayName} and {other.DisplayName} cannot both be used");
        }
    }

    /// <summary>Makes a usage error of this command.</summary>
    public ClassicUsageException Error(string problem) => new(problem, CommandPath);
}
