"""Sentences for small cases of the desk: private people, several roots, both languages. All of it is made up."""

TOLD = (
    "Seven people were killed in Jableh on Friday, Salma Example, a resident, told Example Wire.\n"
    "Her neighbour said four of them were children.",
    "The Syrian Observatory for Human Rights said 12 civilians were killed in Baniyas on Saturday.",
    "The Syrian Observatory for Human Rights said 12 civilians were killed in Baniyas on Saturday."
    " The ministry denied it.",
    "قال المرصد السوري لحقوق الإنسان إن 15 مدنيا قتلوا في بانياس يوم السبت.",
    "There were deaths in Tartus, the governor said.",
)
