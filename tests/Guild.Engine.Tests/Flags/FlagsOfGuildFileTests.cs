using System.Text;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Flags;

public sealed class FlagsOfGuildFileTests
{
    private const string File =
        """
        - model: mlp
          operations:
            train:
              main: train
              flags:
                batch-size:
                  default: 32
                  type: int
                epochs: 3
                lr:
                  description: Learning rate
                  default: 0.1
                  min: 0
                fast:
                  default: no
                  arg-switch: yes
                sizes:
                  default: 1 2
                  arg-split: yes
                shuffle:
                  default: yes
                  arg-encoding:
                    yes: 'on'
                    no: 'off'
                optimizer:
                  choices:
                    - value: sgd
                      flags: { lr: 0.5 }
                    - value: adam
                      alias: a
                      args: { beta: 0.9 }
                  default: sgd
        """;

    [Fact]
    public void The_defaults_of_a_file_are_passed_as_arguments() => Assert.Equal(
        "--batch-size 32 --epochs 3 --lr 0.5 --optimizer sgd --shuffle on --sizes 1 2",
        Arguments());

    [Fact]
    public void What_a_user_types_is_passed_as_arguments() => Assert.Equal(
        "--batch-size 64 --beta 0.9 --epochs 5 --fast --lr 0.001 --optimizer adam --shuffle off --sizes 3",
        Arguments("batch-size=64", "epochs=5", "fast=yes", "lr=1e-3", "optimizer=a", "shuffle=no", "sizes=3"));

    private static string Arguments(params string[] words)
    {
        var result = GuildFileReader.Parse(Encoding.UTF8.GetBytes(File), Path.Combine(Path.GetTempPath(), "guild.yml"));
        var operation = Assert.Single(Assert.Single(result.File!.Models).Operations);
        var given = words.Select(word => FlagGrammar.SplitAssignment(word)!).Select(word => KeyValuePair.Create(word.Name, (FlagInput)new FlagText(word.Text)));
        var bound = FlagBinder.Bind(operation, [.. given], new FlagBindingOptions(Path.GetTempPath(), Path.GetTempPath()));
        return string.Join(' ', FlagArguments.Encode(operation, bound));
    }
}
