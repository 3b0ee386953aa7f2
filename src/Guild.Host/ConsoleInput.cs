using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Guild.Host;

/// <summary>Questions to the user. They are asked on standard error, so that output can still be piped on.</summary>
internal sealed class ConsoleInput
{
    private readonly TextStream _questions;
    private readonly CancellationToken _stopping;

    /// <summary>Creates the input.</summary>
    /// <param name="questions">Where questions are written.</param>
    /// <param name="stopping">When cancelled, what waits for an answer raises <see cref="PipelineStoppedException"/>.</param>
    internal ConsoleInput(TextStream questions, CancellationToken stopping)
    {
        _questions = questions;
        _stopping = stopping;
    }

    /// <summary>Reads one line of standard input; empty when it has ended.</summary>
    internal string ReadLine() => TryReadLine() ?? "";

    /// <summary>Reads one line without showing what is typed.</summary>
    internal SecureString ReadSecret()
    {
        var secret = new SecureString();
        if (Console.IsInputRedirected)
        {
            foreach (char character in ReadLine())
            {
                secret.AppendChar(character);
            }

            return secret;
        }

        for (ConsoleKeyInfo key = ReadKey(); key.Key != ConsoleKey.Enter; key = ReadKey())
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        _questions.Write(Environment.NewLine);
        return secret;
    }

    /// <summary>Asks for the values of parameters that a command needs and did not get.</summary>
    internal Dictionary<string, PSObject> AskForFields(string caption, string message, Collection<FieldDescription> fields)
    {
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>(StringComparer.Ordinal);
        foreach (FieldDescription field in fields)
        {
            _questions.Write($"{field.Name}: ");
            bool isSecret = field.ParameterTypeFullName == typeof(SecureString).FullName;
            answers[field.Name] = isSecret ? PSObject.AsPSObject(ReadSecret()) : PSObject.AsPSObject(Answer());
        }

        return answers;
    }

    /// <summary>Asks which of several; the empty answer is the default. Asks again until an answer fits.</summary>
    internal int AskForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteHeading(caption, message);
        ChoiceKey[] keys = [.. choices.Select(choice => ChoiceKey.Parse(choice.Label))];
        string offer = string.Join("  ", keys.Select(key => $"[{key.Letter}] {key.Text}"));
        string hint = defaultChoice < 0 ? "" : $" (default is \"{keys[defaultChoice].Letter}\")";
        while (true)
        {
            _questions.Write($"{offer}{hint}: ");
            string answer = Answer().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            int index = Array.FindIndex(keys, key => key.Fits(answer));
            if (index >= 0)
            {
                return index;
            }
        }
    }

    /// <summary>Asks for a name, unless there is one, and a password.</summary>
    internal PSCredential AskForCredential(string caption, string message, string userName)
    {
        WriteHeading(caption, message);
        string name = userName;
        if (string.IsNullOrEmpty(name))
        {
            _questions.Write("User: ");
            name = Answer();
        }

        _questions.Write($"Password for user {name}: ");
        return new PSCredential(name, ReadSecret());
    }

    private void WriteHeading(string caption, string message)
    {
        foreach (string line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            _questions.Write(line + Environment.NewLine);
        }
    }

    // An ended input would answer each repetition of a question with nothing, for ever.
    private string Answer() =>
        TryReadLine() ?? throw new PSInvalidOperationException("There is nobody to answer: standard input has ended. Use -Force or -Confirm:$false where a command has them.");

    private string? TryReadLine() => Interruptible(Console.In.ReadLine);

    private ConsoleKeyInfo ReadKey() => Interruptible(() => Console.ReadKey(intercept: true));

    // A read from the console cannot be called off, so it waits on a thread that the end of the process takes with it.
    private T Interruptible<T>(Func<T> read)
    {
        try
        {
            var reading = Task.Run(read);
            reading.Wait(_stopping);
            return reading.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>A choice as shown and typed. In a label, <c>&amp;</c> stands before the letter that is enough to type.</summary>
    private sealed record ChoiceKey(string Text, string Letter)
    {
        internal static ChoiceKey Parse(string label)
        {
            int mark = label.IndexOf('&', StringComparison.Ordinal);
            string text = label.Replace("&", "", StringComparison.Ordinal);
            bool hasLetter = mark >= 0 && mark < text.Length;
            return new ChoiceKey(text, hasLetter ? text.Substring(mark, 1).ToUpper(CultureInfo.CurrentCulture) : text);
        }

        internal bool Fits(string answer) =>
            string.Equals(answer, Letter, StringComparison.OrdinalIgnoreCase) || string.Equals(answer, Text, StringComparison.OrdinalIgnoreCase);
    }
}
