using System.Management.Automation;

namespace Guild.PowerShell.Commands;

/// <summary>
/// Objects of these types are not names, though they have a text: without this, whatever comes by the pipeline would be taken for a name, also where
/// another parameter takes it by one of its properties.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotFromAttribute(params Type[] types) : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var plain = PlainArgument.Of(inputData);

        // The binder takes this one error for "not bound" and goes on with the other parameters.
        return Array.Exists(types, t => t.IsInstanceOfType(plain))
            ? throw new ArgumentTransformationMetadataException($"A {plain.GetType().Name} is not a name.", new PSInvalidCastException($"A {plain.GetType().Name} is not a name."))
            : inputData;
    }
}
