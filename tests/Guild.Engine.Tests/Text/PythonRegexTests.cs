using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Text;

public sealed class PythonRegexTests
{
    private static readonly (string Pattern, string Text)[] Searches =
    [
        ("a+b", "xaab"), ("(a)(b)?", "ac"), (@"(?P<n>\d+)-(?P=n)", "1-2 33-33"), (@"(?P<n>a)(b)\1\2", "abab"), ("(b)(?P<n>a)", "ba"),
        (@"(?P<key>[^:]+):\s+(?P<value>[-+]?[0-9.]+)", "loss: 0.25"), (@"end\Z", "end\n"), (@"end\Z", "the end"), ("end$", "end\n"),
        ("end$", "end\nx"), ("(?m)^b$", "a\nb\nc"), ("(?i)ABC", "xabc"), ("(?s)a.b", "a\nb"), ("a.b", "a\nb"), ("(?i:A)b", "ab"),
        ("(?i)a(?-i:B)", "AB"), ("(?i)a(?-i:B)", "Ab"), ("a{,2}b", "aaab"), ("a{2,}", "aaa"), ("a{,}", "aaa"), ("a{}", "a{}"), ("a{x}", "a{x}"),
        ("a{2", "a{2"), ("x{1,3}?", "xxx"), ("a*+a", "aaa"), ("(?>a*)a", "aaa"), ("a++b", "aab"), ("(ab)?+c", "abc"), ("[]a]+", "a]"),
        ("[^]a]+", "a]bc"), ("[a-z-[x]+", "a[-x"), ("[a-]+", "-a"), ("[[]+", "[["), (@"[\w-]+", "a-b"), (@"[\d.]+", "v1.2"), (@"[\b]", "\b"),
        (@"\bfoo\b", "a foo b"), (@"\x41\u0042\103", "ABC"), (@"\0", "\0"), (@"\07", "\a"), (@"\w+", "a_é²½"), (@"\W+", "a‿b"), (@"[\W]+", "a‿_b"),
        (@"[^\W]+", "‿a_²‿"), (@"(?a)\w+", "éab"), (@"(?a)[\W]+", "aéb"), (@"(?a)\d", "٣4"), (@"\d", "٣4"), (@"(?a)[\D]+", "1a2"),
        (@"(?a)\s\S", "x\u00a0 y"), (@"(?a)[\S]+", "  xé "), ("(?x) a  b # comment (", "ab"), ("(?x) a b {2} [ ] x", "abb x"), (@"(?x)a\ b", "a b"),
        ("(?x:a b) c", "ab c"), ("(a)?(?(1)b|c)", "ab"), ("(a)?(?(1)b|c)", "c"), ("(?P<q>')?x(?(q)')", "'x'"), ("(?#comment)a(?#x)+", "aa"),
        ("(?<=a)b", "ab"), ("(?<!a)b", "ab cb"), ("a(?=b)", "ab"), ("a(?!b)", "ab ac"), ("a|", "b"), ("", "x"), (@"\.\*\[\]\{\}", ".*[]{}"),
        (@"\-\_\#\ \/", "-_# /"), ("#a b", "#a b"), ("$x", "$x"), ("é+", "éé"), ("😀+x", "😀😀x"), (@"\U0001F600+", "😀😀"), (@"(?i)É", "é"),
        (@"checkpoint-(\d+)\.ckpt\.(index|meta)", "checkpoint-100.ckpt.meta"), (@"(?P<a>x)(?P<b>y)(z)\3", "xyzz"), ("((?P<in>a)b)(c)", "abc"),
        (@"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", "abcdefghijj"), ("(?:a|b)*?c", "abc"), ("}", "}"), ("]", "]"), (@"step\t(\d+)", "step\t9"), (@"[\x00-\x1f]+", "\u0001\n"),
    ];

    private static readonly string[] Refused =
    [
        "(", ")", "[a", "a**", "*a", "a|*", @"\q", @"[\q]", @"\p{L}", @"\1", @"(a\1)", "(?P<x>a(?P=x))", "(?P=x)", "(?P<x>a)(?P<x>b)", "(?<n>a)", "(?z)", "a(?i)b", "[z-a]",
        @"[\w-z]", @"\x4", @"\400", "(?P<1>a)", "x\\", "(?(2)a|b)", "^*", "a{2}{3}", @"\8",
    ];

    [Fact]
    public void Patterns_find_and_capture_what_a_real_Python_finds_and_captures()
    {
        const string Script =
            """
            import re
            def search(pattern, text):
                m = re.search(pattern, text)
                if m is None:
                    return None
                return {"groups": [m.group(0), *m.groups()], "names": m.groupdict()}
            answer = [search(p, t) for p, t in input]
            """;

        var answer = PythonOracle.Ask(Script, new JsonArray([.. Searches.Select(search => new JsonArray(search.Pattern, search.Text))]));

        Assert.All(Searches.Zip(answer.AsArray()), pair => Assert.Equal(Describe(pair.Second), Describe(pair.First.Pattern, pair.First.Text)));
    }

    [Fact]
    public void Patterns_that_Python_refuses_are_refused()
    {
        const string Script =
            """
            import re
            def refuses(pattern):
                try:
                    re.compile(pattern)
                    return False
                except re.error:
                    return True
            answer = [refuses(p) for p in input]
            """;

        var answer = PythonOracle.Ask(Script, new JsonArray([.. Refused.Select(pattern => JsonValue.Create(pattern))]));

        Assert.All(Refused.Zip(answer.AsArray()), pair =>
        {
            Assert.True(pair.Second!.GetValue<bool>(), $"Python takes {pair.First}");
            Assert.ThrowsAny<ArgumentException>(() => PythonRegex.Translate(pair.First));
        });
    }

    [Theory]
    [InlineData(@"(\d+)", @"<\1>", "a12b")]
    [InlineData(@"(?P<n>\d)(x)?", @"[\g<n>|\g<2>|\g<0>]", "a1b")]
    [InlineData("a", "$1 $$ ${x}", "a")]
    [InlineData("a", @"\\ \n \t", "a")]
    [InlineData("a", @"\.\-", "a")]
    [InlineData("(a)", @"\g<1>0", "a")]
    [InlineData("a", @"\0 \101 \07", "a")]
    [InlineData("(b)(?P<n>a)", @"\2\1\g<n>", "ba")]
    public void A_replacement_gives_what_a_real_Python_gives(string pattern, string replacement, string text)
    {
        var expected = PythonOracle.Ask("import re\nanswer = re.sub(*input)", new JsonArray(pattern, replacement, text));

        var regex = PythonRegex.Translate(pattern);

        Assert.Equal(expected.GetValue<string>(), regex.Replace(text, PythonRegex.TranslateReplacement(replacement, regex)));
    }

    [Theory]
    [InlineData(@"\2")]
    [InlineData(@"\g<x>")]
    [InlineData(@"\g<1")]
    [InlineData(@"\g")]
    [InlineData(@"\q")]
    [InlineData("x\\")]
    public void A_replacement_that_Python_refuses_is_refused(string replacement) =>
        Assert.Throws<ArgumentException>(() => PythonRegex.TranslateReplacement(replacement, PythonRegex.Translate("(a)")));

    [Fact]
    public void A_pattern_can_be_bound_to_the_start_or_to_the_whole_text()
    {
        Assert.Matches(PythonRegex.Translate("a|b", RegexAnchor.Start), "bc");
        Assert.DoesNotMatch(PythonRegex.Translate("a|b", RegexAnchor.Start), "cb");
        Assert.Matches(PythonRegex.Translate("a|ab", RegexAnchor.Whole), "ab");
        Assert.DoesNotMatch(PythonRegex.Translate("a|b", RegexAnchor.Whole), "b\n");
        Assert.Matches(PythonRegex.Translate("(?im)^A", RegexAnchor.Start), "a");
    }

    [Fact]
    public void A_match_that_takes_too_long_is_given_up()
    {
        var regex = PythonRegex.Translate("(a+)+$", timeout: TimeSpan.FromMilliseconds(100));

        Assert.Throws<RegexMatchTimeoutException>(() => regex.IsMatch(new string('a', 40) + "b"));
    }

    [Fact]
    public void A_thread_that_is_kept_waiting_for_a_moment_is_no_match_that_takes_too_long()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), PythonRegex.Translate("a").MatchTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), PythonRegex.Translate("a", RegexAnchor.Whole).MatchTimeout);
    }

    private static string Describe(JsonNode? answer) => answer is null
        ? "no match"
        : string.Join('|', answer["groups"]!.AsArray().Select(Show))
            + " " + string.Join('|', answer["names"]!.AsObject().OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={Show(entry.Value)}"));

    private static string Describe(string pattern, string text)
    {
        var regex = PythonRegex.Translate(pattern);
        var match = regex.Match(text);
        if (!match.Success)
        {
            return "no match";
        }

        var names = PythonRegex.GroupNames(regex).Order(StringComparer.Ordinal).ToList();
        var all = regex.GetGroupNumbers().Length;
        var hasNumberedNames = regex.GetGroupNames().Where(name => char.IsAsciiDigit(name[0])).Count() > 1;
        var count = hasNumberedNames ? all - names.Count : all;
        return string.Join('|', Enumerable.Range(0, count).Select(number => Show(match.Groups[number])))
            + " " + string.Join('|', names.Select(name => $"{name}={Show(match.Groups[name])}"));
    }

    private static string Show(JsonNode? value) => value is null ? "None" : $"'{value.GetValue<string>()}'";

    private static string Show(Group group) => group.Success ? $"'{group.Value}'" : "None";
}
