namespace Guild.PowerShell.Classic;

/// <summary>
/// Where in a command line of classic words the user is typing. It is read without complaint, because a line that is being typed is seldom whole: words that nobody knows
/// are passed over.
/// </summary>
internal sealed class ClassicCursor
{
    private OptionSpec? _pending;
    private bool _takesOptions = true;

    private ClassicCursor(string typed)
    {
        Typed = typed;
    }

    /// <summary>The word that is being typed, as far as it is there, without quotes.</summary>
    public string Typed { get; }

    /// <summary>The command that the words before have led to; <c>guild</c> itself at first.</summary>
    public CommandSpec Command { get; private set; } = ClassicCommandLine.Root;

    /// <summary>What options before the command say.</summary>
    public GlobalOptions Globals { get; private set; } = new();

    /// <summary>Options and arguments of the command before the word.</summary>
    public ParsedWords Parsed { get; private set; } = new(ClassicCommandLine.Root.Name);

    /// <summary>The option whose value the word is, or null.</summary>
    public OptionSpec? Option { get; private set; }

    /// <summary>What of the word stands before the value of the option: <c>--label=</c>, or nothing.</summary>
    public string Lead { get; private set; } = "";

    /// <summary>The commands that the word can name.</summary>
    public IEnumerable<CommandSpec> Commands =>
        Option is null && Parsed.Arguments.Count == 0 ? Command.Commands.Where(static c => c.Instead is null) : [];

    /// <summary>The options that the word can be.</summary>
    public IEnumerable<OptionSpec> Options =>
        Option is null && _takesOptions && !IsUnknown ? Command.Options.Where(static o => !o.IsAbsent && !o.IsHidden) : [];

    // A word where the name of a command stands, and no command has it.
    private bool IsUnknown => Command.Commands.Count > 0 && Parsed.Arguments.Count > 0;

    /// <summary>What the word names as an argument of the command; null where no argument stands.</summary>
    public WordKind? Argument
    {
        get
        {
            if (Option is not null || Command.Commands.Count > 0)
            {
                return null;
            }

            int index = Parsed.Arguments.Count;
            return index < Command.Arguments.Count ? Command.Arguments[index].Word
                : Command.Arguments is [.., { Kind: ArgumentKind.Many } many] ? many.Word
                : null;
        }
    }

    /// <summary>What the word may name instead, being the last one; null where there is no such thing.</summary>
    public WordKind? LastArgument => Option is null && Parsed.Arguments.Count > 0 ? Command.LastWord : null;

    /// <summary>Reads the words before the one that is being typed.</summary>
    /// <param name="before">The words after <c>guild</c>.</param>
    /// <param name="typed">The word that is being typed, without quotes.</param>
    public static ClassicCursor Of(IEnumerable<string> before, string typed)
    {
        ClassicCursor cursor = new(typed);
        foreach (string word in before)
        {
            cursor.Pass(word);
        }

        cursor.Arrive();
        return cursor;
    }

    private void Pass(string word)
    {
        if (_pending is OptionSpec option)
        {
            Parsed.AddValue(option, word);
            _pending = null;
        }
        else if (_takesOptions && string.Equals(word, "--", StringComparison.Ordinal))
        {
            _takesOptions = false;
        }
        else if (_takesOptions && word.Length > 1 && word[0] == '-')
        {
            PassOption(word);
        }
        else if (Parsed.Arguments.Count == 0 && Command.Find(word) is CommandSpec below)
        {
            Enter(below);
        }
        else
        {
            Parsed.AddArguments([word]);
        }
    }

    private void Enter(CommandSpec below)
    {
        if (ReferenceEquals(Command, ClassicCommandLine.Root))
        {
            Globals = ClassicCommandLine.GlobalsOf(Parsed);
            Parsed = new ParsedWords($"{Command.Name} {below.Name}");
        }

        // Options before the name of a command in a group count as if they came behind it.
        Command = below;
    }

    private void PassOption(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        if (Find(name) is OptionSpec option)
        {
            Take(option, name, equals < 0 ? "" : word[(equals + 1)..], equals >= 0);
            return;
        }

        for (int i = 1; i < word.Length && word[1] != '-'; i++)
        {
            if (Find($"-{word[i]}") is not OptionSpec letter)
            {
                return;
            }

            Take(letter, $"-{word[i]}", word[(i + 1)..], i + 1 < word.Length);
            if (letter.TakesValue)
            {
                return;
            }
        }
    }

    private void Take(OptionSpec option, string name, string attached, bool isAttached)
    {
        if (!option.TakesValue)
        {
            Parsed.AddSwitch(option, name);
        }
        else if (isAttached)
        {
            Parsed.AddValue(option, attached);
        }
        else
        {
            _pending = option;
        }
    }

    private void Arrive()
    {
        Option = _pending;
        int equals = Typed.IndexOf('=', StringComparison.Ordinal);
        if (Option is null && _takesOptions && equals > 0 && Typed[0] == '-' && Find(Typed[..equals]) is { TakesValue: true } option)
        {
            Option = option;
            Lead = Typed[..(equals + 1)];
        }
    }

    // Names of earlier versions of Guild count where the command has no other use for them.
    private OptionSpec? Find(string name) =>
        Command.Options.FirstOrDefault(o => o.Names.Contains(name, StringComparer.Ordinal) || o.NegativeNames.Contains(name, StringComparer.Ordinal))
        ?? Command.Options.FirstOrDefault(o => o.OldNames.Contains(name, StringComparer.Ordinal));
}
