namespace Guild.PowerShell.Classic;

/// <summary>
/// Sorts the words of a command into options and arguments, by the rules of Guild's own command line: options and arguments in any order, values
/// as the next word or after <c>=</c>, single letters together (<c>-yq</c>, <c>-n5</c>), and <c>--</c> before what is no option.
/// </summary>
internal sealed class WordParser
{
    private static readonly string[] HelpNames = ["--help", "-?"];

    private readonly Dictionary<string, OptionSpec> _options = new(StringComparer.Ordinal);
    private readonly ParsedWords _parsed;
    private readonly NearestName _nearest;

    /// <summary>Prepares to read words.</summary>
    /// <param name="options">The options that the command has.</param>
    /// <param name="commandPath">The command as messages name it.</param>
    /// <param name="nearest">Finds the name that was probably meant.</param>
    public WordParser(IReadOnlyList<OptionSpec> options, string commandPath, NearestName nearest)
    {
        _parsed = new ParsedWords(commandPath);
        _nearest = nearest;
        foreach (OptionSpec option in options)
        {
            foreach (string name in option.Names.Concat(option.NegativeNames))
            {
                _options.Add(name, option);
            }
        }

        foreach (OptionSpec option in options)
        {
            foreach (string name in option.OldNames)
            {
                _options.TryAdd(name, option);
            }
        }
    }

    /// <summary>Reads all words.</summary>
    /// <param name="words">The words after the command's name.</param>
    public ParsedWords ParseAll(IReadOnlyList<string> words)
    {
        int position = 0;
        while (position < words.Count && !_parsed.IsHelp)
        {
            string word = words[position];
            if (string.Equals(word, "--", StringComparison.Ordinal))
            {
                _parsed.AddArguments(words.Skip(position + 1));
                break;
            }

            if (IsOption(word))
            {
                position = ReadOption(words, position);
            }
            else
            {
                _parsed.AddArguments([word]);
                position++;
            }
        }

        return _parsed;
    }

    /// <summary>Reads options up to the first word that is none, which is the first of <see cref="ParsedWords.Arguments"/>; all later words follow it unread.</summary>
    /// <param name="words">The words after the command's name.</param>
    public ParsedWords ParseLeading(IReadOnlyList<string> words)
    {
        int position = 0;
        while (position < words.Count && IsOption(words[position]) && !_parsed.IsHelp)
        {
            if (string.Equals(words[position], "--", StringComparison.Ordinal))
            {
                position++;
                break;
            }

            position = ReadOption(words, position);
        }

        _parsed.AddArguments(words.Skip(position));
        return _parsed;
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    private int ReadOption(IReadOnlyList<string> words, int position)
    {
        string word = words[position];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        if (HelpNames.Contains(name, StringComparer.Ordinal))
        {
            _parsed.IsHelp = true;
            return position + 1;
        }

        if (_options.TryGetValue(name, out OptionSpec? option))
        {
            return Take(option, name, equals < 0 ? null : word[(equals + 1)..], words, position);
        }

        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            throw Unrecognized(name);
        }

        return ReadLetters(words, position);
    }

    private int ReadLetters(IReadOnlyList<string> words, int position)
    {
        string word = words[position];
        for (int i = 1; i < word.Length; i++)
        {
            string name = $"-{word[i]}";
            if (!_options.TryGetValue(name, out OptionSpec? option))
            {
                // A word of several letters that begins with no known letter was meant as one name.
                throw Unrecognized(i == 1 ? word.Split('=')[0] : name);
            }

            if (option.TakesValue)
            {
                return Take(option, name, i + 1 < word.Length ? word[(i + 1)..] : null, words, position);
            }

            Take(option, name, null, words, position);
        }

        return position + 1;
    }

    // Gives the position of the first word that was not used.
    private int Take(OptionSpec option, string name, string? attached, IReadOnlyList<string> words, int position)
    {
        if (option.IsAbsent)
        {
            throw _parsed.Error($"option '{name}' is not in this version");
        }

        if (!option.TakesValue)
        {
            if (attached is not null)
            {
                throw _parsed.Error($"option '{name}' takes no value");
            }

            _parsed.AddSwitch(option, name);
            return position + 1;
        }

        if (attached is not null)
        {
            _parsed.AddValue(option, attached);
            return position + 1;
        }

        if (position + 1 == words.Count)
        {
            throw _parsed.Error($"option '{name}' requires a value");
        }

        _parsed.AddValue(option, words[position + 1]);
        return position + 2;
    }

    private ClassicUsageException Unrecognized(string name)
    {
        IEnumerable<string> known = _options
            .Where(static entry => entry.Key.StartsWith("--", StringComparison.Ordinal) && !entry.Value.IsHidden && !entry.Value.IsAbsent)
            .Select(static entry => entry.Key);
        string hint = _nearest(name, known.Append(HelpNames[0])) is string nearest ? $" (did you mean {nearest}?)" : "";
        return _parsed.Error($"unrecognized option '{name}'{hint}");
    }
}
