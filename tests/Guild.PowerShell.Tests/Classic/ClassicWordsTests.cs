namespace Guild.PowerShell.Tests.Classic;

/// <summary>The table of what is typed at PowerShell's prompt, and the words that Guild sees.</summary>
public sealed class ClassicWordsTests(TypedWords typed) : IClassFixture<TypedWords>
{
    public static TheoryData<string, string[]> PlainWords => new()
    {
        { "guild", [] },
        { "guild run mlp:train", ["run", "mlp:train"] },
        { "guild run lr=0.1 epochs=10", ["run", "lr=0.1", "epochs=10"] },
        { "guild x=1e10 y=2.0 run=00123", ["x=1e10", "y=2.0", "run=00123"] },
        { "guild x=-1 y=1e-3", ["x=-1", "y=1e-3"] },
        { "guild x= y=''", ["x=", "y="] },
        { "guild a=b=c", ["a=b=c"] },
        { "guild data=./mine.csv operation:train=abc", ["data=./mine.csv", "operation:train=abc"] },
        { @"guild data=C:\temp\x.csv C:\temp\y", [@"data=C:\temp\x.csv", @"C:\temp\y"] },
        { "guild ~/data *.txt x=~/y", ["~/data", "*.txt", "x=~/y"] },
        { "guild name='a b' \"b=c d\" x=a\"b c\"d 'it''s'", ["name=a b", "b=c d", "x=ab cd", "it's"] },
        { "guild '' \"\"", ["", ""] },
        { "guild '@trials.csv'", ["@trials.csv"] },
        { "guild label='${lr}'", ["label=${lr}"] },
        { "guild x=uniform[0:1] y=[1:10]", ["x=uniform[0:1]", "y=[1:10]"] },
        { "guild 1:3 :3 1: :", ["1:3", ":3", "1:", ":"] },
        { "guild ^a train$ a#b", ["^a", "train$", "a#b"] },
    };

    public static TheoryData<string, string[]> Options => new()
    {
        { "guild -y --help-op -C .. -h -?", ["-y", "--help-op", "-C", "..", "-h", "-?"] },
        { "guild -l foo --label foo --label=foo", ["-l", "foo", "--label", "foo", "--label=foo"] },
        { "guild -l=foo -l='a b' -d=/tmp/x", ["-l=foo", "-l=a b", "-d=/tmp/x"] },
        { "guild -Set -ff -n5", ["-Set", "-ff", "-n5"] },
        { "guild -1 -0.5 -", ["-1", "-0.5", "-"] },
        { "guild -Fs 'last hour'", ["-Fs", "last hour"] },
        { "guild \u2013y", ["-y"] },
        { "guild '-l:' x", ["-l:", "x"] },
        { "guild '--' -y", ["--", "-y"] },
    };

    public static TheoryData<string, string[]> Lists => new()
    {
        { "guild lr=[0.1,0.2] bs=[3,4]", ["lr=[0.1,0.2]", "bs=[3,4]"] },
        { "guild lr=[0.1, 0.2]", ["lr=[0.1,0.2]"] },
        { "guild lr=[-1,-2] x=[1e10,1e5]", ["lr=[-1,-2]", "x=[1e10,1e5]"] },
        { "guild x=[1e-3,2.0,3]", ["x=[1e-3,2.0,3]"] },
        { "guild x=[a,b,c] y=[a,$true]", ["x=[a,b,c]", "y=[a,True]"] },
        { "guild x=uniform[0.1,0.9]", ["x=uniform[0.1,0.9]"] },
        { "guild x=[1,[2,3]]", ["x=[1,[2,3]]"] },
        { "guild 1,2 a,1 1,a", ["1,2", "a,1", "1,a"] },
        { "guild --gpus 0,1 --gpus=0,1 -Fo a,b", ["--gpus", "0,1", "--gpus=0,1", "-Fo", "a,b"] },
        { "guild x=['a b','c'] y=2", ["x=[a b,c]", "y=2"] },
        { "guild x=[\"a\",\"b\"]", ["x=[a,b]"] },
        { "guild x=[] y=[1] z=[\"a b\"]", ["x=[]", "y=[1]", "z=[a b]"] },
        { "guild @(1,@(2,3))", ["1,[2,3]"] },
        { "guild $true,$false,$null", ["true,false,null"] },
    };

    public static TheoryData<string, string[]> Values => new()
    {
        { "guild 1 007 01234567", ["1", "007", "01234567"] },
        { "guild 1e10 1E5 1e05 12345e67 1e400", ["1e10", "1E5", "1e05", "12345e67", "1e400"] },
        { "guild 2.0 2.50 0.1 .5 1.", ["2.0", "2.50", "0.1", ".5", "1."] },
        { "guild 0x1F 1kb 1d 5L 0b101", ["0x1F", "1kb", "1d", "5L", "0b101"] },
        { "guild 12345678901234567890 1e5a 1234567e", ["12345678901234567890", "1e5a", "1234567e"] },
        { "guild 2.0,3.00 1e10,0.5", ["2.0,3.0", "10000000000.0,0.5"] },
        { "guild ([double]2) ([math]::Pow(2,0.5)) ([double]1e-7)", ["2.0", "1.4142135623730951", "1e-07"] },
        { "guild $true $false $null $undefined", ["true", "false", "null", "null"] },
        { "$lr = 0.5; guild lr=$lr $lr x=$true y=$null", ["lr=0.5", "0.5", "x=True", "y="] },
        { "$ids = 'a','b'; guild $ids", ["a,b"] },
        { "guild x=$(1+2) (1+2)", ["x=3", "3"] },
        { "guild ([datetime]'2020-01-02') ([datetime]'2020-01-02 03:04:05')", ["2020-01-02", "2020-01-02 03:04:05"] },
        { "guild x={a: 1} y={1}", ["x={a: 1}", "y={1}"] },
    };

    public static TheoryData<string, string[]> JoinedAgain => new()
    {
        { "guild -l:foo -l: bar", ["-l", "foo", "-l", "bar"] },
        { "guild -l:5 -Fs:'last hour'", ["-l", "5", "-Fs", "last hour"] },
        { "guild -Fo=mlp:train -y", ["-Fo=mlp:train", "-y"] },
        { "guild -Ft=a.b -l=1.5", ["-Ft=a.b", "-l=1.5"] },
        { "guild -C.", ["-C", "."] },
        { "guild -Ft=a ./b", ["-Ft=a", "./b"] },
    };

    public static TheoryData<string, string[]> TornApart => new()
    {
        { "guild -x.y", ["-x", ".y"] },
        { "guild x=(1+2)", ["x=", "3"] },
        { "guild run -- -y", ["run", "-y"] },
        { "$a = 1,2; guild x=$a", ["x=1 2"] },
        { "guild \"a\"b", ["a", "b"] },
    };

    [Theory]
    [MemberData(nameof(PlainWords))]
    public void A_plain_word_arrives_as_it_was_typed(string line, string[] words) => Assert.Equal(words, typed.Of(line));

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_arrives_as_it_was_typed(string line, string[] words) => Assert.Equal(words, typed.Of(line));

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_is_joined_again_with_commas(string line, string[] words) => Assert.Equal(words, typed.Of(line));

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_becomes_the_text_that_reads_as_the_same_value(string line, string[] words) => Assert.Equal(words, typed.Of(line));

    [Theory]
    [MemberData(nameof(JoinedAgain))]
    public void What_PowerShell_tears_off_an_option_is_put_right_where_that_is_certain(string line, string[] words) => Assert.Equal(words, typed.Of(line));

    [Theory]
    [MemberData(nameof(TornApart))]
    public void What_PowerShell_tears_apart_without_a_trace_stays_apart(string line, string[] words) => Assert.Equal(words, typed.Of(line));

    [Fact]
    public void A_hashtable_becomes_an_assignment_for_each_entry_in_ordinal_order() =>
        Assert.Equal(["run", "train", "Z=1", "a=[1,2]", "lr=0.10"], typed.Of("guild run train @{lr='0.10'; Z=1; a='[1,2]'}"));

    [Fact]
    public void An_ordered_dictionary_keeps_its_order() =>
        Assert.Equal(["lr=2.0", "a={x: 1}"], typed.Of("guild ([ordered]@{lr=2.0; a=@{x=1}})"));

    [Fact]
    public void Words_of_another_shell_come_back_unchanged()
    {
        string[] words = ["run", "-y", "-l:foo", "-l:", "--", "]", "x={1}", "1e10", "", "a b", "-Fo=mlp:", "train", "@x", "$y", "x=[1,", "]"];
        Assert.Equal(words, typed.OfProgramArguments(words));
    }

    [Theory]
    [InlineData("guild 2.50 1e10 .5", "2.50 1e10 .5")]
    [InlineData("guild 0.5,1.5 (2.5 | & { process { $_ } }) ([double]2.5)", "0.5,1.5 2.5 2.5")]
    [InlineData("guild x=1.5 x=$(1.5) ([decimal]2.5)", "x=1.5 x=1.5 2.5")]
    public void Numbers_do_not_depend_on_the_language_of_the_user(string line, string words) =>
        Assert.Equal(words, string.Join(' ', typed.Of($"[cultureinfo]::CurrentCulture = 'de-DE'; try {{ {line} }} finally {{ [cultureinfo]::CurrentCulture = '' }}")));
}
