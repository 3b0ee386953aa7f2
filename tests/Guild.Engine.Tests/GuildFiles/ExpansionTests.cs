using System.Globalization;
using System.Text;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class ExpansionTests
{
    [Fact]
    public void A_model_has_what_it_extends_and_its_own_wins()
    {
        var model = Assert.Single(GuildFileText.Good(
            """
            - config: base
              description: base
              default: yes
              references: [r]
              operations:
                train:
                  main: base-train
                  tags: [a, b]
                  flags: {lr: 0.1, epochs: {default: 5, description: e}}
                test: t
            - model: m
              extends: base
              operations:
                train:
                  tags: [c]
                  flags: {epochs: 10}
            """).Models);

        Assert.Equal("base", model.Description);
        Assert.Equal(["r"], model.References);
        Assert.Equal(["test", "train"], model.Operations.Select(o => o.Name));
        var train = model.Operations[1];
        Assert.Equal("base-train", train.Main);
        Assert.Equal(["c"], train.Tags);
        Assert.Equal([10L, 0.1], train.Flags.Select(f => f.Default!));
        Assert.Equal("e", train.Flags[0].Description);
    }

    [Fact]
    public void Of_several_parents_the_first_wins_and_parents_have_parents()
    {
        var model = Assert.Single(GuildFileText.Good(
            """
            - config: root
              operations: {a: root, b: root, c: root}
            - config: one
              extends: root
              operations: {a: one}
            - config: two
              operations: {a: two, d: two}
            - model: m
              extends: [one, two]
            """).Models);

        Assert.Equal(["a=one", "b=root", "c=root", "d=two"], model.Operations.Select(o => $"{o.Name}={o.Main}"));
    }

    [Fact]
    public void A_circle_of_parents_is_printed_as_its_path()
    {
        var diagnostic = GuildFileText.Only("- config: a\n  extends: b\n- config: b\n  extends: a\n- model: m\n  extends: a\n");

        Assert.Contains("a -> b -> a", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_keep_their_type_where_they_stand_alone()
    {
        var operation = Assert.Single(GuildFileText.Good(
            """
            - config: base
              params: {lr: 0.1, name: base, full: 'x-{{name}}', list: [1, 2]}
              operations:
                train:
                  main: 'train-{{name}} {{ lr }} {{unknown}}'
                  label: '{{full}}'
                  flags: {lr: '{{lr}}', all: '{{list}}'}
            - model: m
              extends: base
              params: {name: mine}
            """).Models[0].Operations);

        Assert.Equal("train-mine 0.1 {{unknown}}", operation.Main);
        Assert.Equal("x-mine", operation.Label);
        Assert.Equal([1L, 2L], Assert.IsAssignableFrom<IReadOnlyList<object?>>(operation.Flags[0].Default));
        Assert.Equal(0.1, operation.Flags[1].Default);
    }

    [Fact]
    public void A_parameter_that_refers_to_itself_comes_to_an_end() =>
        Assert.NotNull(GuildFileText.Good("- model: m\n  params: {a: '{{b}}', b: '{{a}}'}\n  description: 'x {{a}}'\n").Models);

    [Fact]
    public void Flags_are_included_from_configs_and_operations()
    {
        var flags = GuildFileText.Good(
            """
            - config: base
              flags: {a: 1, b: {default: 2, description: d}, z: 0}
            - model: m
              operations:
                other:
                  flags: {c: 3}
                train:
                  flags:
                    $include: ['base#a,b', 'm:other']
                    b: 20
            """).Models[0].Operations[1].Flags;

        Assert.Equal(["a=1", "b=20", "c=3"], flags.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name}={f.Default}")));
        Assert.Equal("d", flags[1].Description);
    }

    [Fact]
    public void Operations_and_resources_are_included_too()
    {
        var model = GuildFileText.Good(
            """
            - config: base
              operations: {train: t}
              resources: {data: [x.csv]}
            - model: m
              operations: {$include: base, test: u}
              resources: {$include: base}
            """).Models[0];

        Assert.Equal(["test", "train"], model.Operations.Select(o => o.Name));
        Assert.Equal("data", Assert.Single(model.Resources).Name);
    }

    [Fact]
    public void Flags_of_a_step_are_included_as_values()
    {
        var steps = GuildFileText.Good(
            """
            - config: base
              flags: {a: {default: 1, description: d}}
            - model: m
              operations:
                all:
                  steps:
                    - run: train
                      flags: {$include: base, b: 2}
            """).Models[0].Operations[0].Steps!;

        Assert.Equal([new("a", new FlagValue(1L)), new("b", new FlagValue(2L))], Assert.Single(steps).Flags);
    }

    [Fact]
    public void Configs_that_extend_each_other_without_end_are_refused()
    {
        var text = new StringBuilder("- config: c0\n");
        for (var i = 1; i < 1000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"- config: c{i}\n  extends: c{i - 1}\n");
        }

        Assert.Equal("TooLarge", GuildFileText.Only(text + "- model: m\n  extends: c999\n").Id);
    }

    [Fact]
    public void Parameters_that_double_each_other_are_refused()
    {
        var text = new StringBuilder("- model: m\n  params:\n    p0: xxxxxxxxxx\n");
        for (var i = 1; i < 60; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    p{i}: '{{{{p{i - 1}}}}}{{{{p{i - 1}}}}}'\n");
        }

        Assert.Contains(GuildFileText.Parse(text.ToString()).Diagnostics, d => d.Id == "TooLarge");
    }

    [Fact]
    public void A_large_part_that_many_models_repeat_is_refused()
    {
        var text = new StringBuilder("- config: big\n  operations: {");
        text.AppendJoin(", ", Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $"o{i}: x"))).Append("}\n");
        for (var i = 0; i < 500; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"- model: m{i}\n  extends: big\n");
        }

        var findings = new Findings(GuildFileText.Path);
        var items = ((YamlSequence)YamlComposer.Compose(text.ToString(), YamlLimits.Default).Root!).Items.Cast<YamlMapping>().ToArray();
        var expansion = new Expansion(new(GuildFileText.Path, items), new(PackageSearch.None, findings), findings);

        Assert.InRange(expansion.Complete(items[1]).Item.Size, 10_000, 10_100);
        Assert.Same(items[^1], items.Skip(2).Select(i => expansion.Complete(i).Item).ToArray()[^1]);
        Assert.Equal("TooLarge", Assert.Single(findings.InFileOrder()).Id);
    }
}
