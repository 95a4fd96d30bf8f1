"""How does a page say something once and show it twice? What a block writes, kept under a name."""

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token


class HoldNode(Node):
    """Keeps what is inside; "" when only blanks came out, so that `if` leaves the frame away."""

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: Context) -> str:
        """Nothing here: the words wait in the context."""
        written = self.inside.render(context)
        context[self.name] = written if written.strip() else ""
        return ""


def parse_hold(parser: Parser, token: Token) -> HoldNode:
    """`{% hold name %}…{% endhold %}`."""
    words = token.split_contents()
    if len(words) != 2:
        raise TemplateSyntaxError("{% hold %} wants one name")
    inside = parser.parse(("endhold",))
    parser.delete_first_token()
    return HoldNode(words[1], inside)
