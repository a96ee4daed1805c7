using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.InProcess;

/// <summary>Between messages as the port has them and as the index keeps them.</summary>
internal sealed class MessageCodec(VectorSpace space)
{
    private readonly Rotation _rotation = new(space.Dimensions, VectorFile.RotationSeed);

    /// <summary>Components of a code.</summary>
    public int Dimensions => _rotation.PaddedDimensions;

    /// <exception cref="ArgumentException">The vector has another length than the index.</exception>
    public void Rotate(ReadOnlyMemory<float> vector, Span<float> rotated)
    {
        if (vector.Length != space.Dimensions)
        {
            throw new ArgumentException(
                $"The vector has {vector.Length} components, the index {space.Dimensions} ({space.Model}).", nameof(vector));
        }

        _rotation.Apply(vector.Span, rotated);
    }

    /// <exception cref="ArgumentException">The vector has another length than the index.</exception>
    public EncodedMessage Encode(MessageVector message)
    {
        float[] rotated = new float[Dimensions];
        Rotate(message.Vector, rotated);
        sbyte[] code = new sbyte[Dimensions];
        float scale = ScalarCode.Encode(rotated, code);
        byte[] sides = new byte[Dimensions / 8];
        ScalarCode.EncodeSides(rotated, code, scale, sides);
        return new EncodedMessage(
            message.Id, message.UserId, message.CampaignId, message.OccurredAt, scale, code, sides, message.Terms);
    }

    public MessageVector Decode(EncodedMessage message)
    {
        float[] vector = new float[Dimensions];
        ScalarCode.Decode(message.Code, message.Sides, message.Scale, vector);
        _rotation.Revert(vector);
        return new MessageVector(
            message.Id, message.UserId, message.CampaignId, message.OccurredAt, vector.AsMemory(0, space.Dimensions), message.Terms);
    }
}
